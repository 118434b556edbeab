import { previewDictionary, type PreviewResult } from '#core/contract/api/dictionaries.ts';
import type { DictionaryOutline } from '#core/contract/mapping.ts';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { asProblem, type ProblemError } from '../../api/problem-error.ts';

export type PreviewBody = z.input<typeof previewDictionary.body>;
export interface Preview {
  readonly result: PreviewResult | null;
  /** Of the last text that could be read, so that lines stay on screen while someone types. */
  readonly outline: DictionaryOutline | null;
  /** The answer on screen belongs to an older text. */
  readonly isBehind: boolean;
  readonly error: ProblemError | null;
}

const typingMs = 180;
const nothing: Preview = { result: null, outline: null, isBehind: true, error: null };

/** Asks what a text means while it is typed. An answer that was overtaken is dropped. */
export function usePreview(body: PreviewBody, isOn: boolean): Preview {
  const [preview, setPreview] = useState(nothing);
  const isFirst = useRef(true);
  const asked = JSON.stringify(body);
  useEffect(() => {
    if (!isOn) return undefined;
    const stop = new AbortController();
    setPreview((held) => (held.isBehind ? held : { ...held, isBehind: true }));
    const ask = async () => {
      try {
        const result = await call(previewDictionary, { body: JSON.parse(asked) as PreviewBody }, stop.signal);
        if (stop.signal.aborted) return;
        setPreview((held) => ({ result, outline: result.outline ?? held.outline, isBehind: false, error: null }));
      } catch (thrown) {
        if (!stop.signal.aborted) setPreview((held) => ({ ...held, isBehind: false, error: asProblem(thrown) }));
      }
    };
    const timer = setTimeout(() => void ask(), isFirst.current ? 0 : typingMs);
    isFirst.current = false;
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked, isOn]);
  return preview;
}
