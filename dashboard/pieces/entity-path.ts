/** A path of an entity in parts that have names: `phones[label=work].number` is `phones`, `=work`. Pure. */
export interface EntityPath {
  readonly root: string;
  /** `=work`: the element with this label. `2`: the element at this place, from 1. */
  readonly parts: readonly string[];
}

export function readEntityPath(path: string): EntityPath {
  const [root = path, ...rest] = path.split(/[.[\]]+/u).filter((part) => part !== '');
  const isLabelled = rest[0]?.startsWith('label=') === true;
  const parts = rest.flatMap((part, index) => {
    if (part.startsWith('label=')) return [part.slice('label'.length)];
    // Of a labelled list one part is left, and of others the first element speaks for itself.
    if (isLabelled && index === 1) return [];
    if (/^\d+$/u.test(part)) return part === '0' && rest.length > 1 ? [] : [String(Number(part) + 1)];
    return [part];
  });
  return { root, parts };
}
