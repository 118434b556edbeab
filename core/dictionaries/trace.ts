/** A trace as people read it: every step with its name, and what it gave or the fault it ended with. */
import type { JsonObject } from '#core/contract/json.ts';
import type { MappingDirection, MappingTrace, MappingTraceRow } from '#core/contract/mapping.ts';
import type { CompiledDictionary } from '#mappings/language/compile.ts';
import type { TraceRow } from '#mappings/language/run.ts';
import { StepFault } from '#mappings/language/step.ts';

export interface Sample {
  readonly direction: MappingDirection;
  readonly input: JsonObject;
  /** What the record holds now, for a write. */
  readonly current?: JsonObject | undefined;
}

export function traceSample(compiled: CompiledDictionary, { direction, input, current }: Sample): MappingTrace {
  const isRead = direction === 'read';
  const traced = isRead ? compiled.traceRead(input) : compiled.traceWrite(input, current);
  return {
    direction,
    result: 'entity' in traced ? traced.entity : traced.record,
    rows: traced.rows.map((row) => traceRow(row, compiled.stepNames(row.rule, direction))),
    events: [...traced.events],
  };
}

function traceRow({ rule, from, steps, inside, to }: TraceRow, names: readonly string[]): MappingTraceRow {
  return {
    rule,
    ...(from !== undefined && { from }),
    steps: traceSteps(steps, names),
    ...(inside !== undefined && {
      inside: inside.map((branch) => {
        return { at: branch.at, from: branch.from, steps: traceSteps(branch.steps, branch.names) };
      }),
    }),
    ...(to !== undefined && { to }),
  };
}

function traceSteps(steps: TraceRow['steps'], names: readonly string[]): MappingTraceRow['steps'] {
  return steps.map((given, index) => {
    const name = names[index] ?? '';
    if (given instanceof StepFault) return { name, fault: { code: given.code, reason: given.reason } };
    return { name, value: given, fault: null };
  });
}
