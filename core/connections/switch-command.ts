/** Orders for a switch, as they come over the bus: checked and put in the order the connector's verb takes them. */
import { z } from 'zod';
import { agentStates } from '#core/contract/call-events.ts';
import { callControlVerbs } from '#core/contract/connector.ts';
import type { CallControl, CallControlVerb } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';

const leg = z.string().min(1).max(200);
/** A number or extension; control characters would start a new line in a switch's protocol. */
const destination = z
  .string()
  .min(1)
  .max(64)
  .regex(/^\P{Cc}*$/u, 'must not contain control characters');

const makeCall = z.object({
  agent: destination,
  number: destination,
  requestId: z.string().min(1).max(200),
  callerId: destination.optional(),
  correlation: z.record(z.string().max(80), z.string().max(400)).optional(),
});
const agentState = z.object({
  agent: destination,
  state: z.enum(agentStates),
  queue: z.string().max(200).nullish(),
  reason: z.string().max(200).nullish(),
});

type ArgsOf = { readonly [V in CallControlVerb]: z.ZodType<Parameters<CallControl[V]>> };
type AnyArgs = Parameters<CallControl[CallControlVerb]>;

const onLeg = z.object({ leg }).transform(({ leg }): [string] => [leg]);
const onLegTo = z.object({ leg, destination }).transform((args): [string, string] => [args.leg, args.destination]);

const argsOf: ArgsOf = {
  makeCall: makeCall.transform(({ callerId, correlation, ...order }): Parameters<CallControl['makeCall']> => [
    { ...order, ...(callerId !== undefined && { callerId }), ...(correlation !== undefined && { correlation }) },
  ]),
  answer: onLeg,
  clear: onLeg,
  hold: onLeg,
  retrieve: onLeg,
  transfer: onLegTo,
  attendedTransfer: onLegTo,
  park: z
    .object({ leg, announceTo: destination.optional() })
    .transform(({ leg, announceTo }): [string, string?] => (announceTo === undefined ? [leg] : [leg, announceTo])),
  conference: z.object({ leg, otherLeg: leg }).transform((args): [string, string] => [args.leg, args.otherLeg]),
  play: z
    .object({ leg, media: z.string().min(1).max(400) })
    .transform((args): [string, string] => [args.leg, args.media]),
  record: z.object({ leg, on: z.boolean() }).transform((args): [string, boolean] => [args.leg, args.on]),
};

export type SwitchCommand =
  | { readonly kind: 'call'; readonly verb: CallControlVerb; readonly args: AnyArgs }
  | { readonly kind: 'agentState'; readonly order: z.output<typeof agentState> };

export function readSwitchCommand(verb: string, args: unknown): SwitchCommand {
  if (verb === 'setAgentState') return { kind: 'agentState', order: parsed(verb, agentState, args) };
  const known = callControlVerbs.find((one) => one === verb);
  if (known === undefined) {
    const verbs = [...callControlVerbs, 'setAgentState'].join(', ');
    throw new HubError(
      'input.invalid',
      `No telephone system knows the command ${JSON.stringify(verb)}; there are ${verbs}.`,
    );
  }
  const schema: z.ZodType<AnyArgs> = argsOf[known];
  return { kind: 'call', verb: known, args: parsed(verb, schema, args) };
}

function parsed<T>(verb: string, schema: z.ZodType<T>, args: unknown): T {
  const result = schema.safeParse(args, { reportInput: false });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new HubError('input.invalid', `The command "${verb}" cannot be carried out: "${field}" ${issue?.message}.`, {
    field,
  });
}
