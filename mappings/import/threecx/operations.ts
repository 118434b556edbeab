import type { OperationName } from '../rest-connection.ts';

/** Which operation a scenario begins, by its id (CRM template XML description, "Scenarios"). */
export function operationOf(id: string): OperationName | null {
  if (id === '') return 'findByNumber';
  if (id.startsWith('LookupByEmail')) return 'findByEmail';
  if (id.startsWith('SearchContacts')) return 'search';
  if (id === 'CreateContactRecordFromClient' || id === 'CreateContactRecord') return 'createContact';
  if (id === 'ReportCall') return 'reportCall';
  return id === 'ReportChat' ? 'reportChat' : null;
}

/** Look-ups for flows of the exchange itself: the hub has its own flows. */
export function isFlowLookup(id: string): boolean {
  return id.startsWith('LookupFromCFD');
}

/** A step's name; the look-up by number has an empty id. */
export function stepNameOf(id: string): string {
  return id === '' ? 'LookupByNumber' : id;
}
