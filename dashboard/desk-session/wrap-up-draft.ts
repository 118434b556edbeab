/** What an agent typed about a call, kept in this browser from the first letter until the hub has it. Pure. */
import { z } from 'zod';

export const wrapUpDraft = z.object({
  notes: z.string(),
  disposition: z.string().nullable(),
  contactId: z.string().nullable(),
});
export type WrapUpDraft = z.output<typeof wrapUpDraft>;

export function draftKey(userId: string, interactionId: string): string {
  return `draft.${userId}.${interactionId}`;
}

export function readDraft(kept: string | null): WrapUpDraft | null {
  if (kept === null) return null;
  try {
    return wrapUpDraft.safeParse(JSON.parse(kept)).data ?? null;
  } catch {
    return null;
  }
}

export function isSameDraft(a: WrapUpDraft, b: WrapUpDraft): boolean {
  return a.notes === b.notes && a.disposition === b.disposition && a.contactId === b.contactId;
}

export function isBlank(draft: WrapUpDraft): boolean {
  return draft.notes === '' && draft.disposition === null && draft.contactId === null;
}
