import { interactionWrapUp } from '#core/contract/api/interactions.ts';
import { saveWrapUp } from '#core/contract/api/desk.ts';
import type { WrapUp } from '#core/contract/desk.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../api/client.ts';
import { routeKey, useRoute } from '../api/use-route.ts';
import { useMe } from '../frame/me.tsx';
import { recall, remember } from '../frame/preferences.ts';
import { useDeskStore } from './desk-provider.tsx';
import { emptyWrapUp } from './desk-state.ts';
import { draftKey, isSameDraft, readDraft, type WrapUpDraft } from './wrap-up-draft.ts';

const saveAfterMs = 600;
const retryAfterMs = 4_000;
export type SaveState = 'clean' | 'saving' | 'saved' | 'unsaved';

interface WrapUpForm {
  readonly draft: WrapUpDraft;
  readonly saveState: SaveState;
  readonly change: (part: Partial<WrapUpDraft>) => void;
  readonly complete: () => Promise<void>;
}

/**
 * Notes of one call: in the browser at once, at the hub half a second later, and again until the hub has them.
 * Who the caller is was said at the pop; saving notes never turns a guess into a choice.
 */
export function useWrapUp(interactionId: string, known: WrapUp | null): WrapUpForm {
  const { user } = useMe();
  const store = useDeskStore();
  const queries = useQueryClient();
  const key = draftKey(user.id, interactionId);
  const stored = useRoute(interactionWrapUp, { params: { interactionId } }, { enabled: known === null });
  const server = known ?? stored.data?.wrapUp ?? emptyWrapUp(interactionId);
  const [edited, setEdited] = useState<WrapUpDraft | null>(() => readDraft(recall(key)));
  const [saveState, setSaveState] = useState<SaveState>(edited === null ? 'clean' : 'unsaved');
  const draft: WrapUpDraft = edited ?? {
    notes: server.notes,
    disposition: server.disposition,
    contactId: server.contactId,
  };
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });

  const save = useCallback(
    async (completed: boolean) => {
      const sent = latest.current;
      setSaveState('saving');
      try {
        const saved = await call(saveWrapUp, { params: { interactionId }, body: { ...sent, completed } });
        store.applyHere({ type: 'wrapUp', wrapUp: saved });
        queries.setQueryData(routeKey(interactionWrapUp, { params: { interactionId } }), { wrapUp: saved });
        if (!isSameDraft(sent, latest.current)) return;
        remember(key, null);
        setEdited(null);
        setSaveState('saved');
      } catch (thrown) {
        setSaveState('unsaved');
        throw thrown;
      }
    },
    [interactionId, key, queries, store],
  );
  useEffect(() => {
    if (edited === null) return undefined;
    let timer = setTimeout(function again() {
      save(false).catch(() => {
        timer = setTimeout(again, retryAfterMs);
      });
    }, saveAfterMs);
    return () => clearTimeout(timer);
  }, [edited, save]);

  return {
    draft,
    saveState,
    change(part) {
      const next = { ...latest.current, ...part };
      latest.current = next;
      remember(key, JSON.stringify(next));
      setEdited(next);
      setSaveState('unsaved');
    },
    complete: () => save(true),
  };
}
