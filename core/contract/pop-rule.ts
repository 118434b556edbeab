/** When a desk pops. Stored per tenant as an ordered list; the first rule that fits a call decides. */
import { z } from 'zod';

export const popRule = z.strictObject({
  direction: z.enum(['inbound', 'outbound', 'internal']).optional(),
  queue: z.string().max(80).optional(),
  /** `offer`: a queue offers the call. `ring`: the phone rings, offered or direct. `answer`: the agent took it. */
  trigger: z.enum(['offer', 'ring', 'answer', 'never']),
});
export type PopRule = z.output<typeof popRule>;
