import { z } from 'zod';

/**
 * A telephone number as the hub keeps it. `raw` is what the switch or record said, untouched.
 * `e164` is set only when libphonenumber calls it possible; an extension or short code has `e164: null`.
 * `presentation` follows Q.931: a `restricted` or `unavailable` number never matches a record.
 */
export const phoneNumber = z.object({
  raw: z.string(),
  e164: z
    .string()
    .regex(/^\+\d{2,15}$/)
    .nullable(),
  extension: z.string().nullable(),
  presentation: z.enum(['allowed', 'restricted', 'unavailable']),
});
export type PhoneNumber = z.output<typeof phoneNumber>;
