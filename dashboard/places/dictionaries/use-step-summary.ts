import { useWord } from '../../pieces/use-word.ts';
import type { StepInfo } from './workbench.ts';

/** What a step does, in the reader's language; a step this dashboard does not know yet speaks for itself. */
export function useStepSummary(): (step: StepInfo) => string {
  const word = useWord();
  return ({ name, summary }) => word(`steps.${name}`, summary);
}
