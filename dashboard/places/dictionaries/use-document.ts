import {
  editDocument,
  getDictionary,
  listDictionaries,
  saveDraft,
  type DictionaryDetail,
} from '#core/contract/api/dictionaries.ts';
import type { DocumentEdit } from '#core/contract/mapping.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { call } from '../../api/client.ts';
import { asProblem } from '../../api/problem-error.ts';
import { useRefusal } from '../../desk-session/use-desk-actions.ts';
import { useLeaveGuard } from '../../pieces/use-leave-guard.ts';
import { changeDocument, openDocument, type DocumentChange, type DocumentState } from './document-state.ts';

export interface DocumentPath {
  readonly connector: string;
  readonly document: string;
}
export interface DocumentHandle {
  readonly state: DocumentState;
  readonly change: (change: DocumentChange) => void;
  /** Changes rules in the text, comments kept. Edits wait for each other. */
  readonly applyEdits: (edits: readonly DocumentEdit[]) => Promise<void>;
  /** Saves what is not saved yet; answers the revision, or null when it could not be saved. */
  readonly flush: () => Promise<number | null>;
}

const typingMs = 700;
const retryMs = 4_000;

/** The document on the bench: every change is kept as a draft shortly after it was made. */
export function useDocument(path: DocumentPath, detail: DictionaryDetail, canWrite: boolean): DocumentHandle {
  const [state, setState] = useState(() => openDocument(detail.live, detail.draft));
  const latest = useRef(state);
  const change = useCallback((one: DocumentChange) => {
    latest.current = changeDocument(latest.current, one);
    setState(latest.current);
  }, []);
  const held: Held = { latest, change };
  const { live } = detail;
  const shownVersion = useRef(live?.version);
  useEffect(() => {
    if (live?.version === shownVersion.current) return;
    shownVersion.current = live?.version;
    change({ type: 'live', live });
  }, [live, change]);
  const saveOnce = useSaver(path, held);
  const isWaiting = canWrite && (state.save === 'unsaved' || state.save === 'failed');
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => void saveOnce(), state.save === 'failed' ? retryMs : typingMs);
    return () => clearTimeout(timer);
  }, [isWaiting, state, saveOnce]);
  useGuardedLeave(state.save === 'saved');
  const flush = useCallback(async () => {
    if (latest.current.save === 'saving') await saveOnce();
    if (latest.current.save !== 'saved') await saveOnce();
    return latest.current.save === 'saved' ? latest.current.revision : null;
  }, [saveOnce]);
  return { state, change, applyEdits: useEdits(held), flush };
}

interface Held {
  readonly latest: RefObject<DocumentState>;
  readonly change: (change: DocumentChange) => void;
}

/** One save at a time; whoever asks during one waits for it. */
function useSaver({ connector, document }: DocumentPath, { latest, change }: Held): () => Promise<void> {
  const queries = useQueryClient();
  const running = useRef<Promise<void> | null>(null);
  const save = useCallback(async () => {
    const params = { connector, document };
    const { text, tests, revision } = latest.current;
    change({ type: 'saving' });
    try {
      const draft = await call(saveDraft, { params, body: { text, tests, revision } });
      change({ type: 'saved', draft });
      void queries.invalidateQueries({ queryKey: [listDictionaries.id] });
    } catch (thrown) {
      if (asProblem(thrown).status === 409) {
        const fresh = await call(getDictionary, { params }).catch(() => null);
        change({ type: 'conflict', theirs: fresh?.draft ?? null });
      } else change({ type: 'failed' });
    }
  }, [change, connector, document, latest, queries]);
  return useCallback(() => {
    running.current ??= save().finally(() => {
      running.current = null;
    });
    return running.current;
  }, [save]);
}

function useGuardedLeave(isSaved: boolean): void {
  const { touch, clear } = useLeaveGuard();
  const marks = useRef({ touch, clear });
  useEffect(() => {
    marks.current = { touch, clear };
  });
  useEffect(() => {
    if (isSaved) marks.current.clear(() => undefined);
    else marks.current.touch();
  }, [isSaved]);
}

function useEdits({ latest, change }: Held): DocumentHandle['applyEdits'] {
  const refuse = useRefusal();
  const queue = useRef<Promise<void>>(Promise.resolve());
  return useCallback(
    (edits: readonly DocumentEdit[]) => {
      const apply = async () => {
        try {
          const body = { text: latest.current.text, edits: [...edits] };
          change({ type: 'edit', texts: await call(editDocument, { body }) });
        } catch (thrown) {
          refuse(asProblem(thrown));
        }
      };
      const before = queue.current;
      queue.current = (async () => {
        await before;
        await apply();
      })();
      return queue.current;
    },
    [change, latest, refuse],
  );
}
