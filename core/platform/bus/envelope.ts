/** How an answer or a `HubError` crosses the wire between processes. */
import { z } from 'zod';
import { asHubError, HubError, hubErrorCodes } from '#core/contract/errors.ts';

const failure = z.object({
  code: z.enum(hubErrorCodes),
  message: z.string(),
  retry: z.enum(['never', 'soon', 'after']),
  retryAfterMs: z.number().optional(),
  scope: z.enum(['record', 'connection', 'request']),
  field: z.string().optional(),
});
const reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), answer: z.unknown() }),
  z.object({ ok: z.literal(false), failure }),
]);
export type Reply = z.output<typeof reply>;

export async function replyOf(answer: () => Promise<unknown>): Promise<Reply> {
  try {
    return { ok: true, answer: await answer() };
  } catch (thrown) {
    const { code, message, retry, retryAfterMs, scope, field } = asHubError(thrown);
    return { ok: false, failure: { code, message, retry, retryAfterMs, scope, field } };
  }
}

/** The answer, or the failure thrown again as it was. */
export function openReply(raw: unknown): unknown {
  const opened = reply.parse(raw);
  if (opened.ok) return opened.answer;
  const { code, message, retryAfterMs, field, ...rest } = opened.failure;
  throw new HubError(code, message, {
    ...rest,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(field !== undefined && { field }),
  });
}
