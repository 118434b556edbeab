import type { JsonValue } from '#core/contract/json.ts';
import type { Branch, LossNotes, StepValues } from './step.ts';

/**
 * What a rule could not carry over whole. `omitted`: the target was left alone. `nulled`: it was emptied.
 * `failed`: the rule demands a value and there was none, so the result must not be used.
 */
export type LossKind = 'nulled' | 'truncated' | 'defaulted' | 'omitted' | 'failed';
export interface LossEvent {
  readonly kind: LossKind;
  readonly rule: string;
  readonly code: string;
  readonly reason: string;
  /** The step at fault, as the rule has it: `steps[1]`, `back[0]`, `steps[0].when.do[2]`. */
  readonly at?: string;
  /** Of a list that is mapped element by element: which one, from 0. */
  readonly element?: number;
}
type Place = Pick<LossEvent, 'at' | 'element'>;

/** One line of a trace: what a rule saw, what each of its steps made of it, and what it set (absent = nothing). */
export interface TraceRow {
  readonly rule: string;
  readonly from: JsonValue | undefined;
  readonly steps: StepValues;
  /** What steps inside steps (`when`) did, in the order they ran; absent when there are none. */
  readonly inside?: readonly Branch[];
  readonly to: JsonValue | undefined;
}

/** Shared by the rows of rules without steps; nobody writes to it. */
export const noSteps: StepValues = [];

/** The notebook of one reading or writing. */
export class Run implements LossNotes {
  rule = '';
  readonly events: LossEvent[] = [];
  readonly rows: TraceRow[] | null;
  branches: Branch[] | null = null;
  seen: StepValues = noSteps;

  constructor(rows: TraceRow[] | null) {
    this.rows = rows;
  }

  note(kind: LossKind, reason: string, code: string = kind, place: Place = {}): void {
    this.events.push({ kind, rule: this.rule, code, reason, ...place });
  }
}
