/** The text someone works on: what is saved of it, what can be undone, and whether someone else got there first. Pure. */
import type { DraftView } from '#core/contract/api/dictionaries.ts';

export interface Texts {
  readonly text: string;
  readonly tests: string | null;
}
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';
export interface DocumentState extends Texts {
  readonly live: Texts | null;
  /** Of the stored draft; null while there is none. */
  readonly revision: number | null;
  readonly saved: Texts;
  readonly save: SaveState;
  /** The draft someone else saved meanwhile. */
  readonly theirs: DraftView | null;
  readonly past: readonly Texts[];
  readonly future: readonly Texts[];
  readonly isTyping: boolean;
}
export type DocumentChange =
  | { readonly type: 'open'; readonly live: Texts | null; readonly draft: DraftView | null }
  /** Another version went live, by this author's hand or another's. */
  | { readonly type: 'live'; readonly live: Texts | null }
  | { readonly type: 'edit'; readonly texts: Partial<Texts>; readonly typing?: boolean }
  | { readonly type: 'undo' | 'redo' | 'saving' | 'failed' }
  | { readonly type: 'saved'; readonly draft: DraftView }
  | { readonly type: 'conflict'; readonly theirs: DraftView | null }
  | { readonly type: 'keepMine' | 'takeTheirs' };

const most = 200;
const empty: Texts = { text: '', tests: null };

export function openDocument(live: Texts | null, draft: DraftView | null): DocumentState {
  const { text, tests } = draft ?? live ?? empty;
  return {
    text,
    tests,
    live,
    revision: draft?.revision ?? null,
    saved: { text, tests },
    save: 'saved',
    theirs: null,
    past: [],
    future: [],
    isTyping: false,
  };
}

export const isSame = (a: Texts | null, b: Texts | null): boolean =>
  a !== null && b !== null && a.text === b.text && (a.tests ?? '') === (b.tests ?? '');

export function changeDocument(state: DocumentState, change: DocumentChange): DocumentState {
  switch (change.type) {
    case 'open':
      return openDocument(change.live, change.draft);
    case 'live':
      return follow(state, change.live);
    case 'edit':
      return edit(state, change.texts, change.typing === true);
    case 'undo':
      return goTo(state, state.past.at(-1), {
        past: state.past.slice(0, -1),
        future: [textsOf(state), ...state.future],
      });
    case 'redo':
      return goTo(state, state.future[0], { past: [...state.past, textsOf(state)], future: state.future.slice(1) });
    case 'saved':
      return settled({ ...state, revision: change.draft.revision, saved: textsOf(change.draft) });
    case 'conflict':
      return { ...state, save: 'conflict', theirs: change.theirs };
    case 'keepMine':
    case 'takeTheirs':
      return decide(state, change.type);
    default:
      return { ...state, save: change.type };
  }
}

/** Nothing of one's own is on the bench: no draft, and nothing typed. */
const isUntouched = (state: DocumentState) => state.revision === null && state.save === 'saved';

const follow = (state: DocumentState, live: Texts | null): DocumentState =>
  isUntouched(state) ? openDocument(live, null) : { ...state, live };

function decide(state: DocumentState, decision: 'keepMine' | 'takeTheirs'): DocumentState {
  const { theirs } = state;
  if (decision === 'takeTheirs') return theirs === null ? state : takeTheirs(state, theirs);
  return { ...state, save: 'unsaved', revision: theirs?.revision ?? null, theirs: null };
}

const textsOf = ({ text, tests }: Texts): Texts => ({ text, tests });

function edit(state: DocumentState, texts: Partial<Texts>, typing: boolean): DocumentState {
  const next = { ...textsOf(state), ...texts };
  if (isSame(next, state)) return state;
  const past = typing && state.isTyping ? state.past : [...state.past.slice(-most), textsOf(state)];
  return settled({ ...state, ...next, past, future: [], isTyping: typing });
}

function goTo(state: DocumentState, texts: Texts | undefined, history: Pick<DocumentState, 'past' | 'future'>) {
  return texts === undefined ? state : settled({ ...state, ...texts, ...history, isTyping: false });
}

/** A conflict stays one until someone decides it. */
function settled(state: DocumentState): DocumentState {
  if (state.save === 'conflict') return state;
  return { ...state, save: isSame(state, state.saved) ? 'saved' : 'unsaved' };
}

function takeTheirs(state: DocumentState, theirs: DraftView): DocumentState {
  const taken = edit({ ...state, save: 'saved', theirs: null, revision: theirs.revision }, theirs, false);
  return { ...taken, saved: textsOf(theirs), save: 'saved' };
}
