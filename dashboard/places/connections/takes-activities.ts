import type { ConnectorInfo } from '#core/contract/api/connections.ts';
import { z } from 'zod';

const facets = z.object({
  records: z.object({ objects: z.array(z.object({ entity: z.string().nullish(), can: z.array(z.string()) })) }),
});

/** Calls can be written to this kind of system: it has an object for them that the hub may make. */
export function takesActivities(connector: ConnectorInfo): boolean {
  const { data } = facets.safeParse(connector.facets);
  return (
    data?.records.objects.some(
      ({ entity, can }) => entity === 'activity' && (can.includes('upsert') || can.includes('create')),
    ) === true
  );
}
