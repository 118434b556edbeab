/** What the hub's side and the worker's side of the `jsonata` step say to each other. Imports nothing: both load it. */

/** Where the worker is; the first cell of the shared signal. The hub's thread sleeps on it. */
export const phases = { starting: 0, idle: 1, posted: 2, started: 3, done: 4 } as const;

/** Bounds that keep any single allocation far below what the worker's memory limit can absorb; see `realm.ts`. */
export interface RealmLimits {
  /** Characters of a text, and of the JSON that goes in or comes out. */
  readonly text: number;
  /** Elements of a list. */
  readonly items: number;
  /** Values in the JSON that goes in or comes out, nested ones counted. */
  readonly values: number;
  /** Levels that JSON may nest. */
  readonly levels: number;
}

export const realmLimits: RealmLimits = { text: 1_000_000, items: 100_000, values: 100_000, levels: 100 };

/** `read` only parses; `run` parses, once per expression, and evaluates. */
export interface Task {
  readonly kind: 'read' | 'run';
  readonly expression: string;
  /** JSON text of the value the expression is asked about. */
  readonly input: string;
  /** Nested evaluations allowed. */
  readonly depth: number;
  /** When the evaluation stops itself; the hub waits a little longer before it stops the worker. */
  readonly stopAfterMs: number;
}

/** What went wrong, in the realm's own codes (`D1012`, `S0202` … are JSONata's). */
export interface RawFault {
  readonly code: string;
  readonly message: string;
  /** Character of the expression the parser had reached, from 0. */
  readonly position?: number;
}

/** Travels as JSON text, so that nothing but plain data can come out of the realm. `empty`: JSONata found nothing. */
export type Answer = { readonly value: unknown } | { readonly empty: true } | { readonly fault: RawFault };

export interface WorkerStart<Port> {
  readonly signal: Int32Array<SharedArrayBuffer>;
  readonly port: Port;
}
