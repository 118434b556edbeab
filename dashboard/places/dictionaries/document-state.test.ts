import { describe, expect, it } from 'vitest';
import { changeDocument, openDocument, type DocumentChange, type DocumentState } from './document-state.ts';

const draft = (text: string, revision: number) => ({
  text,
  tests: null,
  revision,
  baseVersion: 1,
  updatedAt: '2026-11-25T09:00:00Z',
  updatedBy: 'Li Na',
});
const live = { text: 'live', tests: null };
const after = (...changes: readonly DocumentChange[]): DocumentState =>
  changes.reduce(changeDocument, openDocument(live, null));
const edit = (text: string, typing = false): DocumentChange => ({ type: 'edit', texts: { text }, typing });

describe('the text on the bench', () => {
  it('is saved until it differs from what is stored', () => {
    expect(after(edit('a')).save).toBe('unsaved');
    expect(after(edit('a'), edit('live')).save).toBe('saved');
    expect(after(edit('a'), { type: 'saved', draft: draft('a', 1) })).toMatchObject({ save: 'saved', revision: 1 });
  });

  it('stays unsaved when it was changed during a save', () => {
    const state = after(edit('a'), { type: 'saving' }, edit('b'), { type: 'saved', draft: draft('a', 1) });
    expect(state).toMatchObject({ text: 'b', save: 'unsaved', revision: 1 });
  });

  it('goes back and forth, a run of typing in one step', () => {
    const typed = after(edit('x', true), edit('xy', true), edit('xyz', true));
    const back = changeDocument(typed, { type: 'undo' });
    expect(back.text).toBe('live');
    expect(changeDocument(back, { type: 'redo' }).text).toBe('xyz');
    expect(changeDocument(back, edit('new')).future).toEqual([]);
  });

  it('follows a new live version unless there is a draft', () => {
    const next = { text: 'newer', tests: null };
    expect(after({ type: 'live', live: next })).toMatchObject({ text: 'newer', live: next, save: 'saved' });
    const drafted = after(edit('mine'), { type: 'saved', draft: draft('mine', 1) }, { type: 'live', live: next });
    expect(drafted).toMatchObject({ text: 'mine', live: next, revision: 1 });
  });

  it('decides a conflict only when told to', () => {
    const torn = after(edit('mine'), { type: 'conflict', theirs: draft('theirs', 5) }, edit('mine too'));
    expect(torn.save).toBe('conflict');
    expect(changeDocument(torn, { type: 'keepMine' })).toMatchObject({
      text: 'mine too',
      save: 'unsaved',
      revision: 5,
    });
    const taken = changeDocument(torn, { type: 'takeTheirs' });
    expect(taken).toMatchObject({ text: 'theirs', save: 'saved', revision: 5, theirs: null });
    expect(changeDocument(taken, { type: 'undo' }).text).toBe('mine too');
  });
});
