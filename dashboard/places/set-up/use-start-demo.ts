import { updateMyExtension, whoAmI } from '#core/contract/api/access.ts';
import { listConnections, listConnectors } from '#core/contract/api/connections.ts';
import { demoStart } from '#core/contract/api/system.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import type { ProblemError } from '../../api/problem-error.ts';
import { useMe } from '../../frame/me.tsx';

type Demo = RouteResult<typeof demoStart>;

/** Starts the recorded calls, sits the user at the phone they ring, and goes to the desk. */
export function useStartDemo() {
  const { user } = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const start = useMutation<Demo, ProblemError>({
    mutationFn: async () => {
      const demo = await call(demoStart, { body: {} });
      if (demo.extension !== null && user.extension === null) {
        const connectionId = await switchOf(demo);
        await call(updateMyExtension, { body: { extension: demo.extension, connectionId } });
      }
      return demo;
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [whoAmI.id] });
      await queries.invalidateQueries();
      await navigate('/desk');
    },
  });
  return { start: () => start.mutate(), isStarting: start.isPending, error: start.error };
}

/** The demo brings a switch and a CRM; the phone belongs to the switch. */
async function switchOf(demo: Demo): Promise<string | null> {
  const [connections, connectors] = await Promise.all([call(listConnections, {}), call(listConnectors, {})]);
  const mine = connections.items.filter((connection) => demo.connectionIds.includes(connection.id));
  const found = mine.find((connection) => {
    const connector = connectors.items.find((one) => one.id === connection.connectorId);
    return connector !== undefined && 'callEvents' in connector.facets;
  });
  return (found ?? mine[0])?.id ?? null;
}
