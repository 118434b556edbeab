/** Every step with what it takes and gives, for the screen that offers them. */
import { z } from 'zod';
import type { listSteps } from '#core/contract/api/dictionaries.ts';
import { jsonObject } from '#core/contract/json.ts';
import type { RouteOutput } from '#core/contract/route.ts';
import { stepKinds } from '#mappings/language/steps.ts';

type StepGuide = RouteOutput<typeof listSteps>['items'];
let guide: StepGuide | null = null;

export function stepGuide(): StepGuide {
  guide ??= stepKinds.map(({ name, summary, input, output, fidelity, needsArgs, written }) => ({
    name,
    summary,
    input,
    output,
    isTwoWay: fidelity !== 'lossy',
    needsArguments: needsArgs,
    schema: jsonObject.parse(z.toJSONSchema(written, { io: 'input', unrepresentable: 'any' })),
  }));
  return guide;
}
