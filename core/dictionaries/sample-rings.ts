/** The newest inputs since the last look, a few per connection, object and direction. */
import type { JsonObject } from '#core/contract/json.ts';
import type { MappingDirection } from '#core/contract/mapping.ts';

export interface SeenInput {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly connector: string;
  readonly object: string;
  readonly direction: MappingDirection;
  /** Name of the document that mapped it. */
  readonly dictionary: string;
  readonly input: JsonObject;
  readonly recordKey: string;
  readonly seenAtMs: number;
}

const maxRings = 200;
export const ringSize = 25;
/** In characters of JSON; a sample is for looking at. */
const maxInput = 64_000;
/** Stored at once, in the same measure. */
const maxTaken = 8_000_000;

export class SampleRings {
  readonly #rings = new Map<string, Map<string, SeenInput>>();

  add(seen: SeenInput): void {
    const key = `${seen.tenantId}\n${seen.connectionId}\n${seen.object}\n${seen.direction}`;
    let ring = this.#rings.get(key);
    if (ring === undefined) {
      if (this.#rings.size >= maxRings) return;
      ring = new Map();
      this.#rings.set(key, ring);
    }
    // Last in, last out: the order of a Map is the order of setting.
    ring.delete(seen.recordKey);
    ring.set(seen.recordKey, seen);
    const [oldest] = ring.keys();
    if (ring.size > ringSize && oldest !== undefined) ring.delete(oldest);
  }

  take(): SeenInput[] {
    const taken = [...this.#rings.values()].flatMap((ring) => [...ring.values()]);
    this.#rings.clear();
    let room = maxTaken;
    return taken.filter(({ input }) => {
      const size = sizeOf(input);
      if (size > maxInput || size > room) return false;
      room -= size;
      return true;
    });
  }
}

/** What nests too deeply to be written down is no sample either. */
function sizeOf(input: SeenInput['input']): number {
  try {
    return JSON.stringify(input).length;
  } catch {
    return Infinity;
  }
}
