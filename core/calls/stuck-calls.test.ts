import { describe, expect, it } from 'vitest';
import type { ConnectionsStore } from '#core/connections/connections.store.ts';
import type { SwitchLinks } from '#core/connections/switch-links.service.ts';
import { createLog } from '#core/platform/log/log.ts';
import type { CallIntakeService } from './call-intake.service.ts';
import type { InteractionsStore } from './interactions.store.ts';
import { StuckCallsService } from './stuck-calls.service.ts';

const nowMs = 100 * 3_600_000;
const sixHoursAgo = nowMs - 6 * 3_600_000;

describe('StuckCallsService', () => {
  it('ends silent calls of links held here or switched off, and all of a removed connection', async () => {
    const ended: [string, number][] = [];
    const forgotten: string[] = [];
    const rows: Record<string, { enabled: boolean }> = { elsewhere: { enabled: true }, off: { enabled: false } };
    const sweeping = new StuckCallsService(
      { connectionsWithOpenCalls: async () => ['held', 'elsewhere', 'off', 'gone'] } as unknown as InteractionsStore,
      {
        endSilent: async (id: string, sinceMs: number) => void ended.push([id, sinceMs]),
        forget: (id: string) => void forgotten.push(id),
      } as unknown as CallIntakeService,
      { find: async (id: string) => rows[id] } as unknown as ConnectionsStore,
      { owns: (id: string) => id === 'held' } as unknown as SwitchLinks,
      { roles: ['telephony'] } as never,
      { now: () => nowMs },
      createLog('silent'),
    );
    await sweeping.sweep();
    expect(ended).toEqual([
      ['held', sixHoursAgo],
      ['off', sixHoursAgo],
      ['gone', Infinity],
    ]);
    expect(forgotten).toEqual(['elsewhere', 'off', 'gone']);
  });
});
