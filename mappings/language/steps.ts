import type { StepKind } from './step.ts';
import { choiceSteps } from './steps/choice.ts';
import { listSteps } from './steps/list.ts';
import { markupSteps } from './steps/markup.ts';
import { numberSteps } from './steps/number.ts';
import { personSteps } from './steps/person.ts';
import { phoneSteps } from './steps/phone.ts';
import { secrecySteps } from './steps/secrecy.ts';
import { textSteps } from './steps/text.ts';
import { timeSteps } from './steps/time.ts';

/** Every step a dictionary may name, in the order the documentation lists them. */
export const stepKinds: readonly StepKind[] = [
  ...textSteps,
  ...markupSteps,
  ...numberSteps,
  ...timeSteps,
  ...phoneSteps,
  ...personSteps,
  ...choiceSteps,
  ...listSteps,
  ...secrecySteps,
];

export const stepByName: ReadonlyMap<string, StepKind> = new Map(stepKinds.map((kind) => [kind.name, kind]));
