import { type CallFact, sampleCall } from '../dictionary/calls.ts';

const start = { to: 'startedAt', steps: [{ date: 'epochSecs' }], sample: 1_772_357_400 };

/** What Yeastar gives a call journal, and where the hub has it (XML Descriptions for Integration Template, variables); the words are those of its call records (developer guide, event 30012). */
export const callSources: Readonly<Record<string, Omit<CallFact, 'name'>>> = {
  CallerNumber: { to: 'fromNumber', sample: sampleCall.fromNumber },
  Call_From: { to: 'fromNumber', sample: sampleCall.fromNumber },
  CalleeNumber: { to: 'toNumber', sample: sampleCall.toNumber },
  Call_To: { to: 'toNumber', sample: sampleCall.toNumber },
  RecordPath: { to: 'recordingUrl', sample: sampleCall.recordingUrl },
  StartTimeUnix: start,
  EndTimeUnix: { to: 'endedAt', steps: [{ date: 'epochSecs' }], sample: 1_772_357_470 },
  Time: { to: 'startedAt', sample: sampleCall.startedAt },
  Talk_Duration_Sec: { to: 'talkSecs', sample: 65 },
  Talk_Duration: { to: 'talkSecs', steps: ['clock'], sample: '00:01:05' },
  Communication_Type: {
    to: 'direction',
    steps: [
      {
        values: {
          rows: [
            { record: 'Inbound', entity: 'inbound' },
            { record: 'Outbound', entity: 'outbound' },
            { record: 'Internal', entity: 'internal' },
          ],
        },
      },
    ],
    sample: 'Inbound',
  },
  Call_Status: {
    to: 'outcome',
    steps: [
      {
        values: {
          rows: [
            { record: 'ANSWERED', entity: ['answered', 'inProgress'] },
            { record: 'NO ANSWER', entity: ['missed', 'abandoned'] },
            { record: 'BUSY', entity: 'busy' },
            { record: 'FAILED', entity: 'failed' },
            { record: 'VOICEMAIL', entity: 'voicemail' },
          ],
        },
      },
    ],
    sample: 'ANSWERED',
  },
  ContactId: { to: 'contactId', sample: sampleCall.contactId },
  UserUniqueId: { to: 'ownerId' },
};
