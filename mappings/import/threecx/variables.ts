/** What 3CX gives the templates by itself (CRM template XML description, "Predefined variables", "Call journaling"). */

export const callVariables = [
  'Number',
  'Name',
  'FirstName',
  'LastName',
  'Company',
  'Email',
  'CallDirection',
  'CallType',
  'Agent',
  'AgentFirstName',
  'AgentLastName',
  'AgentEmail',
  'QueueExtension',
  'Duration',
  'DurationTimespan',
  'DateTime',
  'CallStartTimeLocal',
  'CallStartTimeUTC',
  'CallEstablishedTimeLocal',
  'CallEstablishedTimeUTC',
  'CallEndTimeLocal',
  'CallEndTimeUTC',
  'EntityId',
  'EntityType',
  'RecordingUrl',
  'RecordingHyperLink',
  'Transcription',
  'Summary',
  'Sentiment',
] as const;

const chatVariables = ['ChatMessages', 'ChatStartTimeUTC', 'ChatStartTimeLocal', 'ChatEndTimeUTC', 'ChatEndTimeLocal'];

export const known3cxVariables: ReadonlySet<string> = new Set<string>([
  ...callVariables,
  ...chatVariables,
  'SearchText',
  // How many records the scenarios of the same operation have found so far.
  'FoundRecordCount',
  'LineBreak',
]);

const times = /^(?:DateTime|(?:Call|Chat)\w*Time(?:Local|UTC))$/u;

export function isTime(name: string): boolean {
  return times.test(name);
}

/** Times without UTC in their name are shown in the zone of the exchange. */
export function zoneOf(name: string): 'local' | null {
  return name.endsWith('UTC') ? null : 'local';
}
