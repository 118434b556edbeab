import { previewDictionary, type PreviewResult } from '#core/contract/api/dictionaries.ts';
import type { DictionaryOutline } from '#core/contract/mapping.ts';
import { useEffect, useRef, useState } from 'react';
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

const typingMs = 180;
const nothing = { result: null, outline: null, error: null, asked: '' };

/** Asks what a text means while it is typed. An answer that was overtaken is dropped. */
export function usePreview(body: PreviewBody, isOn: boolean): Preview {
  const [answer, setAnswer] = useState<Answer & { readonly asked: string }>(nothing);
  const isFirst = useRef(true);
  const asked = JSON.stringify(body);
  useEffect(() => {
    if (!isOn) return undefined;
    const stop = new AbortController();
    const ask = async () => {
      try {
        const result = await call(previewDictionary, { body: JSON.parse(asked) as PreviewBody }, stop.signal);
        if (stop.signal.aborted) return;
        setAnswer((held) => ({ result, outline: result.outline ?? held.outline, error: null, asked }));
      } catch (thrown) {
        if (!stop.signal.aborted) setAnswer((held) => ({ ...held, error: asProblem(thrown), asked }));
      }
    };
    const timer = setTimeout(() => void ask(), isFirst.current ? 0 : typingMs);
    isFirst.current = false;
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked, isOn]);
  const { result, outline, error } = answer;
  return { result, outline, error, isBehind: isOn && answer.asked !== asked };
}
