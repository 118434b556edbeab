/** Keeps a fact that repeats from being told each time: a caller can make a switch repeat the same warning endlessly. */
export interface RepeatFilter {
  /**
   * Null: say nothing now. Else say it, and that it happened `missed` times in between.
   * `key` is what makes two facts the same; `nowMs` any clock that does not jump back.
   */
  take(key: string, nowMs: number): { readonly missed: number } | null;
}

/** Each key is let through at once, then at most every `everyMs`. Remembers at most `maxKeys` keys. */
export function createRepeatFilter({ everyMs, maxKeys = 500 }: { everyMs: number; maxKeys?: number }): RepeatFilter {
  const seen = new Map<string, { toldMs: number; missed: number }>();
  return {
    take: (key, nowMs) => {
      const before = seen.get(key);
      if (before !== undefined && nowMs - before.toldMs < everyMs) {
        before.missed += 1;
        return null;
      }
      seen.delete(key);
      seen.set(key, { toldMs: nowMs, missed: 0 });
      const [oldest] = seen.keys();
      if (seen.size > maxKeys && oldest !== undefined) seen.delete(oldest);
      return { missed: before?.missed ?? 0 };
    },
  };
}
