import { listInteractions } from '#core/contract/api/interactions.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { HubClient } from '#core/tools/hub-client.ts';

/** Every interaction the hub knows, page by page, the newest first. */
export async function allInteractions(client: HubClient): Promise<Interaction[]> {
  const found: Interaction[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.call(listInteractions, { query: { limit: 200, cursor } });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}
