import type { CallFact } from '../dictionary/calls.ts';
import { sampleCall } from '../dictionary/calls.ts';
import type { RestConnectionInput } from '../rest-connection.ts';
import { chainOf, namesGivenBy, namesInStep } from '../step-names.ts';
import type { UsedNames } from '../template/names.ts';
import type { Place } from '../findings.ts';
import type { Scope } from './scope.ts';
import { callDirections, callTypes } from './call-words.ts';
import { takeValueMaps } from './value-maps.ts';
import { callVariables } from './variables.ts';

type Steps = RestConnectionInput['steps'];

interface Journaling {
  readonly steps: Steps;
  readonly first: readonly string[];
  readonly scope: Scope;
  /** Of the scenario, for findings. */
  readonly place: Place;
}

export interface CallFacts {
  readonly facts: readonly CallFact[];
  readonly derive: readonly { readonly name: string; readonly value: string }[];
  /** The steps with pure value maps replaced by the facts that hold them now. */
  readonly steps: Steps;
}

const start = { to: 'startedAt', sample: sampleCall.startedAt };
const answer = { to: 'answeredAt', sample: sampleCall.answeredAt };
const end = { to: 'endedAt', sample: sampleCall.endedAt };
const nobody = (to: string) => ({ to: `custom.${to}` });

/** Where the hub has what 3CX knows. What stands under `custom` is empty unless somebody fills it. */
const sources: Readonly<Record<string, Omit<CallFact, 'name'>>> = {
  CallType: {
    to: ['direction', 'outcome'],
    back: [
      { join: { with: ' ' } },
      { values: { rows: callTypes.map(([entity, record]) => ({ record: [...record], entity })) } },
    ],
    sample: 'Inbound',
  },
  CallDirection: {
    to: 'direction',
    steps: [{ values: { rows: callDirections.map(([record, entity]) => ({ record, entity: [...entity] })) } }],
    sample: 'Inbound',
  },
  Agent: { to: 'agent', sample: sampleCall.agent },
  QueueExtension: { to: 'queue', sample: sampleCall.queue },
  Duration: { to: 'talkSecs', steps: ['clock'], sample: '00:01:05' },
  DateTime: start,
  CallStartTimeLocal: start,
  CallStartTimeUTC: start,
  CallEstablishedTimeLocal: answer,
  CallEstablishedTimeUTC: answer,
  CallEndTimeLocal: end,
  CallEndTimeUTC: end,
  EntityId: { to: 'contactId', sample: sampleCall.contactId },
  RecordingUrl: { to: 'recordingUrl', sample: sampleCall.recordingUrl },
  FromNumber: { to: 'fromNumber', sample: sampleCall.fromNumber },
  ToNumber: { to: 'toNumber', sample: sampleCall.toNumber },
  Name: nobody('contactName'),
  FirstName: nobody('contactFirstName'),
  LastName: nobody('contactLastName'),
  Company: nobody('contactCompany'),
  Email: nobody('contactEmail'),
  AgentFirstName: nobody('agentFirstName'),
  AgentLastName: nobody('agentLastName'),
  AgentEmail: nobody('agentEmail'),
  EntityType: nobody('entityType'),
  Transcription: nobody('transcription'),
  Summary: nobody('summary'),
  Sentiment: nobody('sentiment'),
};

/** What the hub must know of a call to run the journaling steps. */
export function callFacts({ steps, first, scope, place }: Journaling): CallFacts {
  const maps = takeValueMaps(steps, first);
  const names = namesOf(maps.steps, first);
  // The owner may put any variable into a text that is a template.
  const hasTemplates = [...scope.settings.values()].some(
    ({ name, isTemplate }) => isTemplate && names.config.has(name),
  );
  const asked = new Set<string>(hasTemplates ? callVariables : callVariables.filter((name) => names.value.has(name)));
  const needsNumber = asked.delete('Number');
  if (needsNumber) for (const name of ['CallDirection', 'FromNumber', 'ToNumber']) asked.add(name);
  for (const alias of ['DurationTimespan', 'RecordingHyperLink']) asked.delete(alias);
  const facts = [...asked].flatMap((name): CallFact[] => {
    const source = sources[name];
    if (source === undefined) return [];
    if (source.sample === undefined && names.value.has(name)) reportNobody(name, String(source.to), { scope, place });
    return [{ name, ...source }];
  });
  const value = "{{#if CallDirection == 'Outbound'}}{{ ToNumber }}{{else}}{{ FromNumber }}{{/if}}";
  const derive = needsNumber ? [{ name: 'Number', value }] : [];
  return { facts: [...facts, ...maps.facts], derive, steps: maps.steps };
}

function namesOf(steps: Steps, first: readonly string[]): UsedNames {
  const names: UsedNames = { config: new Set(), value: new Set() };
  for (const start of first) {
    const given = new Set<string>();
    for (const [, step] of chainOf(steps, start)) {
      const own = namesInStep(step, { config: names.config, value: new Set() });
      for (const name of own.value) if (!given.has(name)) names.value.add(name);
      for (const name of namesGivenBy(step)) given.add(name);
    }
  }
  return names;
}

function reportNobody(name: string, to: string, at: Pick<Journaling, 'scope' | 'place'>): void {
  at.scope.findings.lost('variable.noSource', at.place, {
    what: `[${name}]`,
    why: 'The hub has no such value of a call, so it stays empty.',
    mend: `Fill the activity's ${to}, or change the rule of ${name} in calls.yaml.`,
  });
}
