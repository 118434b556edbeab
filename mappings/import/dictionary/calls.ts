import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { ImportedFile } from '../imported.ts';
import { writeDictionary, type WrittenRule } from './write-dictionary.ts';

/** A value the journaling steps ask for by name. */
export interface CallFact {
  readonly name: string;
  readonly to: string | readonly string[];
  readonly steps?: readonly JsonValue[];
  readonly back?: readonly JsonValue[];
  /** What the sample call below gives; undefined where it has nothing. */
  readonly sample?: JsonValue;
}

/** The call of every generated test. */
export const sampleCall = {
  kind: 'call',
  interactionId: '0193-1',
  direction: 'inbound',
  outcome: 'answered',
  startedAt: '2026-03-01T09:30:00.000Z',
  answeredAt: '2026-03-01T09:30:05.000Z',
  endedAt: '2026-03-01T09:31:10.000Z',
  talkSecs: 65,
  fromNumber: '+442079460010',
  toNumber: '+442079460099',
  queue: '800',
  agent: '101',
  contactId: '7',
  recordingUrl: 'https://hub.example/recordings/1',
} as const satisfies JsonObject;

/** How a call of the hub becomes the values the journaling steps ask for. No file when they ask for none. */
export function callsDictionary(wanted: {
  readonly connector: string;
  readonly title: string;
  readonly facts: readonly CallFact[];
}): { files: ImportedFile[] } | null {
  if (wanted.facts.length === 0) return null;
  const rules = wanted.facts.map(({ name, to, steps, back }): WrittenRule => ({
    to,
    from: name,
    ...(steps === undefined ? {} : { steps }),
    ...(back === undefined ? {} : { back }),
  }));
  const record = Object.fromEntries(
    wanted.facts.flatMap(({ name, sample }) => (sample === undefined ? [] : [[name, sample] as const])),
  );
  const files = writeDictionary({
    name: 'calls',
    note: 'The fields are the names the journaling steps ask for.',
    connector: wanted.connector,
    object: 'calls',
    entity: 'activity',
    title: `${wanted.title} calls`,
    direction: 'write',
    identity: [],
    rules,
    tests: [{ name: 'an answered call', direction: 'write', entity: sampleCall, record }],
  });
  return { files };
}
