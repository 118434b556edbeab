/** Keeps what was made for a key; of too many it forgets all, which costs making them once more. */
export function remember<T>(most: number): (key: string, make: () => T) => T {
  const kept = new Map<string, { readonly made: T }>();
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) return known.made;
    const made = make();
    if (kept.size >= most) kept.clear();
    kept.set(key, { made });
    return made;
  };
}
