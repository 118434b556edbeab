/** The demo parts connectors offer, CRMs before switches: the first call shall find its CRM. */
import type { DemoPart } from '#core/contract/demo.ts';
import { connectorRegistry } from '#connectors/registry.generated.ts';

/** Token of the parts; tests give their own. */
export const DEMO_PARTS = Symbol('DEMO_PARTS');

export interface NamedDemoPart {
  readonly connectorId: string;
  readonly part: DemoPart;
}

export async function loadDemoParts(): Promise<NamedDemoPart[]> {
  const parts: (NamedDemoPart & { rank: number })[] = [];
  for (const { manifest, demo } of connectorRegistry) {
    if (demo === null) continue;
    const { demo: part } = await demo();
    parts.push({ connectorId: manifest.id, part, rank: manifest.kind === 'crm' ? 0 : 1 });
  }
  return parts.sort((left, right) => left.rank - right.rank);
}
