import { describe, expect, it } from 'vitest';
import { isSameDraft, readDraft } from './wrap-up-draft.ts';

const draft = { notes: 'called back', disposition: 'resolved', contactId: null };

describe('a draft kept in the browser', () => {
  it('comes back as it was', () => {
    expect(readDraft(JSON.stringify(draft))).toEqual(draft);
    expect(isSameDraft(draft, { ...draft })).toBe(true);
    expect(isSameDraft(draft, { ...draft, notes: '' })).toBe(false);
  });

  it('is ignored when it is missing, broken or of another shape', () => {
    for (const kept of [null, '', '{', '[]', '{"notes":1}', '"text"']) expect(readDraft(kept)).toBeNull();
  });
});
