import type { JsonValue } from '#core/contract/json.ts';
import type { LossNotes, StepFault } from './step.ts';

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
}

/** One line of a trace: what a rule saw, what each of its steps made of it, and what it set (absent = nothing). */
export interface TraceRow {
  readonly rule: string;
  readonly from: JsonValue | undefined;
  readonly steps: readonly (JsonValue | StepFault)[];
  readonly to: JsonValue | undefined;
}

/** The notebook of one reading or writing. */
export class Run implements LossNotes {
  rule = '';
  readonly events: LossEvent[] = [];
  readonly rows: TraceRow[] | null;

  constructor(rows: TraceRow[] | null) {
    this.rows = rows;
  }

  note(kind: LossKind, reason: string, code: string = kind): void {
    this.events.push({ kind, rule: this.rule, code, reason });
  }
}
