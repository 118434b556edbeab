/** Which numbering habits hold where. Data that integrators edit; the number engine of `core/kit` reads it. */
import { z } from 'zod';

/** How numbers are written in one place. Every part but the region may be left out. */
export const numberHabits = z.object({
  /** ISO 3166 country whose national format bare numbers have. */
  defaultRegion: z.string().regex(/^[A-Z]{2}$/),
  /** Put before numbers that lack their area code (a seven-digit number in the USA). */
  areaCode: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional(),
  /** Digits users dial, and some switches report, for an outside line. */
  outsidePrefixes: z
    .array(z.string().regex(/^[0-9*#]{1,4}$/))
    .max(10)
    .optional(),
  /** Dial patterns of the own extensions (`2XXX`, `60XX`, `8.`); they win over every reading as a public number. */
  extensionPatterns: z
    .array(z.string().regex(/^[0-9XZN*#]{1,12}\.?$/i))
    .max(100)
    .optional(),
});
export type NumberHabits = z.output<typeof numberHabits>;

/** Habits that hold where all named facts agree; a name may end in `*`. */
export const numberRule = numberHabits.extend({
  connectionId: z.string().max(80).optional(),
  trunk: z.string().max(120).optional(),
  did: z.string().max(40).optional(),
});
export type NumberRule = z.output<typeof numberRule>;
