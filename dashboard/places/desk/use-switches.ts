import { listConnections, listConnectors } from '#core/contract/api/connections.ts';
import type { DeskSession } from '#core/contract/desk.ts';
import { z } from 'zod';
import { useRoute } from '../../api/use-route.ts';
import { useCan } from '../../frame/me.tsx';

export interface DeskSwitch {
  readonly connectionId: string;
  readonly name: string;
  readonly verbs: readonly string[];
  readonly agentStates: readonly string[];
}

const facets = z.object({
  callEvents: z.looseObject({}).optional(),
  callControl: z.object({ verbs: z.array(z.string()) }).optional(),
  agentState: z.object({ states: z.array(z.string()) }).optional(),
});

/** The switches of this desk and what each can do: told with the session, else read from the connections. */
export function useSwitches(session: DeskSession): readonly DeskSwitch[] {
  const canRead = useCan('connections.read') && session.switches === undefined;
  const connections = useRoute(listConnections, {}, { enabled: canRead });
  const connectors = useRoute(listConnectors, {}, { enabled: canRead });
  if (session.switches !== undefined) return session.switches;
  return (connections.data?.items ?? []).flatMap((connection) => {
    const connector = connectors.data?.items.find((one) => one.id === connection.connectorId);
    const { data } = facets.safeParse(connector?.facets);
    if (data?.callEvents === undefined) return [];
    return [
      {
        connectionId: connection.id,
        name: connection.name,
        verbs: data.callControl?.verbs ?? [],
        agentStates: data.agentState?.states ?? [],
      },
    ];
  });
}
