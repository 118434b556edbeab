import { saveWrapUp } from '#core/contract/api/desk.ts';
import { interactionWrapUp } from '#core/contract/api/interactions.ts';
import type { WrapUp } from '#core/contract/desk.ts';
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../api/client.ts';
import type { ProblemError } from '../api/problem-error.ts';
import { routeKey, useRoute } from '../api/use-route.ts';
import { useMe } from '../frame/me.tsx';
import { recall, remember } from '../frame/preferences.ts';
import { useDeskStore } from './desk-provider.tsx';
import { emptyWrapUp } from './desk-state.ts';
import { draftKey, isBlank, isSameDraft, readDraft, type WrapUpDraft } from './wrap-up-draft.ts';

const saveAfterMs = 600;
const retryAfterMs = 4_000;
export type SaveState = 'clean' | 'saving' | 'saved' | 'unsaved';

/** What the hub holds. A blank one may only be what this tab does not know yet, so the hub is asked. */
export function useStoredWrapUp(interactionId: string, known: WrapUp | null) {
  const isKnown = known !== null && !isBlank(known);
  const stored: UseQueryResult<{ wrapUp: WrapUp | null }, ProblemError> = useRoute(
    interactionWrapUp,
    { params: { interactionId } },
    { enabled: !isKnown },
  );
  return {
    stored,
    wrapUp: isKnown ? known : (stored.data?.wrapUp ?? null),
    isReady: isKnown || stored.data !== undefined,
  };
}

/** Sends one save after the other: an older one can never arrive last. */
function useSaver(interactionId: string) {
  const store = useDeskStore();
  const queries = useQueryClient();
  const last = useRef<Promise<unknown>>(Promise.resolve());
  return useCallback(
    (draft: WrapUpDraft, completed: boolean) => {
      const send = async () => {
        const saved = await call(saveWrapUp, { params: { interactionId }, body: { ...draft, completed } });
        queries.setQueryData(routeKey(interactionWrapUp, { params: { interactionId } }), { wrapUp: saved });
        store.applyHere({ type: 'wrapUp', wrapUp: saved });
      };
      const sent = last.current.then(send, send);
      last.current = sent;
      return sent;
    },
    [interactionId, queries, store],
  );
}

/**
 * Notes of one call: in the browser at once, at the hub half a second later, and again until the hub has them.
 * Who the caller is was said at the pop; saving notes never turns a guess into a choice.
 */
export function useWrapUp(interactionId: string, stored: WrapUp | null) {
  const { user } = useMe();
  const put = useSaver(interactionId);
  const key = draftKey(user.id, interactionId);
  const server = stored ?? emptyWrapUp(interactionId);
  const [edited, setEdited] = useState<WrapUpDraft | null>(() => readDraft(recall(key)));
  const [saveState, setSaveState] = useState<SaveState>(edited === null ? 'clean' : 'unsaved');
  const [isFinishing, setFinishing] = useState(false);
  const draft = edited ?? { notes: server.notes, disposition: server.disposition, contactId: server.contactId };
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });

  const save = useCallback(
    async (completed: boolean) => {
      const sent = latest.current;
      setSaveState('saving');
      try {
        await put(sent, completed);
        if (!isSameDraft(sent, latest.current)) return;
        remember(key, null);
        setEdited(null);
        setSaveState('saved');
      } catch (thrown) {
        setSaveState('unsaved');
        throw thrown;
      }
    },
    [key, put],
  );
  useEffect(() => {
    if (edited === null || isFinishing) return undefined;
    let timer = setTimeout(function again() {
      save(false).catch(() => {
        timer = setTimeout(again, retryAfterMs);
      });
    }, saveAfterMs);
    return () => clearTimeout(timer);
  }, [edited, isFinishing, save]);

  const change = (part: Partial<WrapUpDraft>) => {
    const next = { ...latest.current, ...part };
    latest.current = next;
    remember(key, JSON.stringify(next));
    setEdited(next);
    setSaveState('unsaved');
  };
  const complete = async () => {
    setFinishing(true);
    try {
      await save(true);
    } finally {
      setFinishing(false);
    }
  };
  return { draft, saveState, isFinishing, change, complete };
}
