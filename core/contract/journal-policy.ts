/** What the journal writes to one CRM connection, and when. Data, stored per connection. */
import { z } from 'zod';

export const journalPolicy = z.strictObject({
  enabled: z.boolean().default(true),
  /**
   * `incremental`: one activity, written at `writeFrom` and updated as more becomes known.
   * `allAtOnce`: written once, when the wrap-up is complete or `maxWaitSecs` after the end.
   * `createOnly`: written once at the end and never touched again (for CRMs that forbid edits).
   */
  mode: z.enum(['incremental', 'allAtOnce', 'createOnly']).default('incremental'),
  writeFrom: z.enum(['ring', 'answer', 'end']).default('end'),
  maxWaitSecs: z.number().int().min(0).max(86_400).default(600),
  /** `interaction`: one activity per interaction. `agent`: one per agent who talked. */
  granularity: z.enum(['interaction', 'agent']).default('interaction'),
  directions: z.array(z.enum(['inbound', 'outbound', 'internal'])).default(['inbound', 'outbound']),
  /** Shorter talks are not written; 0 writes all. Missed calls are always written. */
  minTalkMs: z.number().int().min(0).default(0),
  /** Numbers and extensions that are never written; `*` at the end matches any rest. */
  ignoredNumbers: z.array(z.string().min(1).max(40)).max(1000).default([]),
  language: z.enum(['en', 'zh-CN']).default('en'),
});
export type JournalPolicy = z.output<typeof journalPolicy>;
