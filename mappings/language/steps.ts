import { expertSteps } from './jsonata/step.ts';
import type { StepKind } from './step.ts';
import { addressSteps } from './steps/address.ts';
import { choiceSteps } from './steps/choice.ts';
import { documentSteps } from './steps/document.ts';
import { listSteps } from './steps/list.ts';
import { markupSteps } from './steps/markup.ts';
import { moneySteps } from './steps/money.ts';
import { numberSteps } from './steps/number.ts';
import { personSteps } from './steps/person.ts';
import { phoneSteps } from './steps/phone.ts';
import { referenceSteps } from './steps/reference.ts';
import { secrecySteps } from './steps/secrecy.ts';
import { textSteps } from './steps/text.ts';
import { timeSteps } from './steps/time.ts';

/** Every step a dictionary may name, in the order the documentation lists them. */
export const stepKinds: readonly StepKind[] = [
  ...textSteps,
  ...markupSteps,
  ...numberSteps,
  ...moneySteps,
  ...timeSteps,
  ...phoneSteps,
  ...personSteps,
  ...addressSteps,
  ...choiceSteps,
  ...listSteps,
  ...documentSteps,
  ...referenceSteps,
  ...secrecySteps,
  ...expertSteps,
];

export const stepByName: ReadonlyMap<string, StepKind> = new Map(stepKinds.map((kind) => [kind.name, kind]));
