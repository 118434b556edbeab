/** Which call activities stand for the same call. Pure. */
interface CallLike {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
}

const NEAR_MS = 1000;

/** Ids of every activity that shares its key, or its two numbers, direction and start, with another. */
export function findDuplicates(calls: readonly CallLike[]): ReadonlySet<string> {
  const found = new Set<string>();
  const groups = new Map<string, CallLike[]>();
  for (const call of calls) for (const sign of signs(call)) groups.set(sign, [...(groups.get(sign) ?? []), call]);
  for (const group of groups.values()) {
    const sorted = group.toSorted((a, b) => startMs(a) - startMs(b));
    for (const [index, call] of sorted.entries()) {
      const previous = sorted[index - 1];
      if (previous === undefined || startMs(call) - startMs(previous) > NEAR_MS) continue;
      found.add(previous.id).add(call.id);
    }
  }
  return found;
}

const startMs = (call: CallLike): number => Date.parse(call.properties['hs_timestamp'] ?? '') || 0;

function signs({ properties }: CallLike): string[] {
  const key = properties['tieline_key'];
  const ends = [properties['hs_call_from_number'] ?? '', properties['hs_call_to_number'] ?? ''];
  const byKey = key === undefined ? [] : [`key ${key}`];
  return ends.some((end) => end !== '')
    ? [...byKey, JSON.stringify([...ends, properties['hs_call_direction']])]
    : byKey;
}
