/** Builds the pop an agent sees from what the directory knows. Pure. */
import type { Identification } from '#core/contract/api/interactions.ts';
import type { Pop } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { JsonObject } from '#core/contract/json.ts';

export interface NewPop {
  readonly id: string;
  readonly userId: string;
  readonly agent: string;
  readonly trigger: Pop['trigger'];
  readonly atMs: number;
}

/** How a number is shown and stored; made by the number engine. */
export type ShownNumber = Pop['number'];

export function makePop(fresh: NewPop, interaction: Interaction, who: Identification, number: ShownNumber): Pop {
  return {
    ...fresh,
    interactionId: interaction.id,
    stage: 1,
    ...whoFields(who),
    number,
    defaults: newRecordDefaults(interaction, number),
    state: 'shown',
    closedReason: null,
  };
}

/** The same pop after the CRM answered or the deadline passed. An acknowledged choice of the agent is never undone. */
export function upgradePop(pop: Pop, who: Identification): Pop {
  return pop.state === 'shown' ? { ...pop, stage: 2, ...whoFields(who) } : { ...pop, stage: 2 };
}

type WhoFields = Pick<Pop, 'target' | 'candidates' | 'reason' | 'reasonCode' | 'reasonParams' | 'trace'>;

function whoFields(who: Identification): WhoFields {
  const isChoice = who.action === 'ask' || (who.action === 'company' && who.candidates.length > 1);
  const target = who.candidates.length === 0 ? 'create' : isChoice ? 'choose' : 'record';
  const { candidates, reason, reasonCode, reasonParams, trace } = who;
  return { target, candidates, reason, reasonCode, reasonParams, trace };
}

/** What a new-record form starts with. */
function newRecordDefaults(interaction: Interaction, number: ShownNumber): JsonObject {
  const name = interaction.direction === 'outbound' ? null : interaction.caller.name;
  const { firstName, lastName } = splitName(name);
  return { firstName, lastName, phone: number.e164 ?? number.raw };
}

const han = /^\p{Script=Han}{2,4}$/u;

function splitName(name: string | null): { firstName: string | null; lastName: string | null } {
  const trimmed = name?.trim() ?? '';
  if (trimmed === '' || /^[+\d\s()-]+$/.test(trimmed)) return { firstName: null, lastName: null };
  if (han.test(trimmed)) return { firstName: trimmed.slice(1), lastName: trimmed.slice(0, 1) };
  const at = trimmed.lastIndexOf(' ');
  return at < 0
    ? { firstName: null, lastName: trimmed }
    : { firstName: trimmed.slice(0, at), lastName: trimmed.slice(at + 1) };
}

/** The other party's number as the agent knows it: who calls, or whom we call. */
export function remoteNumber(interaction: Interaction): string | null {
  return interaction.direction === 'outbound' ? interaction.callee : interaction.caller.number;
}
