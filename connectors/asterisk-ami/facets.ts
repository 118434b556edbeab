import type { Facets } from '#core/contract/connector.ts';
import { settableStates } from './agent-state.ts';
import { verbs } from './call-control.ts';

/** Hold and retrieve belong to the phone: AMI has no action for them. */
export const facets = {
  callEvents: { snapshot: true },
  callControl: { verbs },
  agentState: { states: settableStates },
} as const satisfies Facets;
