import { previewDictionary, type PreviewResult } from '#core/contract/api/dictionaries.ts';
import type { DictionaryOutline } from '#core/contract/mapping.ts';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { asProblem, type ProblemError } from '../../api/problem-error.ts';

export type PreviewBody = z.input<typeof previewDictionary.body>;
interface Answer {
  readonly result: PreviewResult | null;
  /** Of the last text that could be read, so that lines stay on screen while someone types. */
  readonly outline: DictionaryOutline | null;
  readonly error: ProblemError | null;
}
export interface Preview extends Answer {
  /** The answer on screen belongs to an older text. */
  readonly isBehind: boolean;
}

interface Held extends Answer {
  /** The question as it was sent. */
  readonly asked: string;
}

/** Long enough for the letters of one stroke, short enough that nobody waits for it. */
const pauseMs = 60;
const patienceMs = 20_000;
const nothing: Held = { result: null, outline: null, error: null, asked: '' };

/**
 * Asks what a text means while it is typed. One question is on its way at a time, and the newest text is asked next:
 * a hub under load is never sent more than it answers, and an idle one is asked at once.
 */
export function usePreview(body: PreviewBody, isReady: boolean): Preview {
  const [answer, setAnswer] = useState<Held>(nothing);
  const [asker] = useState(() => newAsker(setAnswer));
  const asked = JSON.stringify(body);
  useEffect(() => {
    if (!isReady) return undefined;
    const timer = setTimeout(() => asker.ask(asked), pauseMs);
    return () => clearTimeout(timer);
  }, [asker, asked, isReady]);
  useEffect(() => () => asker.ask(null), [asker]);
  const { result, outline, error } = answer;
  return { result, outline, error, isBehind: answer.asked !== asked };
}

function newAsker(take: (change: (held: Held) => Held) => void) {
  let wanted: string | null = null;
  let isAsking = false;
  const askOnce = async (asked: string) => {
    try {
      const body = JSON.parse(asked) as PreviewBody;
      const result = await call(previewDictionary, { body }, AbortSignal.timeout(patienceMs));
      take((held) => ({ result, outline: result.outline ?? held.outline, error: null, asked }));
    } catch (thrown) {
      take((held) => ({ ...held, error: asProblem(thrown), asked }));
    }
  };
  const askWanted = async () => {
    isAsking = true;
    while (wanted !== null) {
      const asked = wanted;
      wanted = null;
      // One after the other is the point.
      // oxlint-disable-next-line no-await-in-loop -- see above
      await askOnce(asked);
    }
    isAsking = false;
  };
  return {
    /** Null asks for nothing more. */
    ask(next: string | null): void {
      wanted = next;
      if (!isAsking && next !== null) void askWanted();
    },
  };
}
