import { describe, expect, it } from 'vitest';
import type { Actor } from '#core/contract/actor.ts';
import type { Pop, WrapUp } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { rolePermissions } from '#core/contract/permissions.ts';
import { sampleInteraction } from '#core/contract/testing/interaction.ts';
import type { InteractionsStore } from '#core/calls/interactions.store.ts';
import { CallCommandsService } from './call-commands.service.ts';
import { DeskActionsService } from './desk-actions.service.ts';

const alice: Actor = {
  ...{ kind: 'user', id: 'u-alice', tenantId: 'default', role: 'agent', permissions: rolePermissions.agent },
  ...{ extension: '1001', connectionId: 'pbx' },
};
const call = sampleInteraction({
  ...{ open: true, endMs: null, outcome: null, phase: 'talking' },
  legs: [
    {
      ...{ legId: 'leg-1', callId: 'c', device: '1001', deviceKind: 'extension', agent: '1001', role: 'agent' },
      ...{ result: 'answered', startMs: 0, endMs: null, cause: null, spans: [] },
    },
  ],
});
const denied = { code: 'permission.denied' };

function commandsOn(interaction: Interaction) {
  const ordered: unknown[] = [];
  const bus = {
    publish: async () => undefined,
    request: async (_topic: string, order: unknown) => {
      ordered.push(order);
      return { result: {} };
    },
  };
  const interactions = { get: async () => interaction } as Partial<InteractionsStore> as InteractionsStore;
  const commands = new CallCommandsService(bus as never, interactions, { switches: async () => [] } as never);
  return { commands, ordered };
}

describe('commands', () => {
  it('reach only the leg of whoever gives them', async () => {
    const { commands, ordered } = commandsOn(call);
    await commands.command('i-1', { verb: 'clear' }, alice);
    expect(ordered).toEqual([{ connectionId: 'pbx', verb: 'clear', args: { leg: 'leg-1' } }]);
    await expect(commands.command('i-1', { verb: 'clear' }, { ...alice, extension: '1002' })).rejects.toMatchObject(
      denied,
    );
  });

  it('do not reach the same extension of another telephone system', async () => {
    const { commands } = commandsOn({ ...call, connectionId: 'other-pbx' });
    await expect(commands.command('i-1', { verb: 'clear' }, alice)).rejects.toMatchObject(denied);
  });

  it('let an agent make the own phone ring and no other', async () => {
    const { commands, ordered } = commandsOn(call);
    const order = { number: '5550100', requestId: 'r-12345678', contactId: null };
    await expect(commands.makeCall({ ...order, agent: '1002' }, alice)).rejects.toMatchObject(denied);
    await commands.makeCall(order, alice);
    await commands.makeCall({ ...order, agent: '1002' }, { ...alice, kind: 'apiKey', role: 'integrator' });
    expect(ordered).toMatchObject([{ args: { agent: '1001' } }, { args: { agent: '1002' } }]);
  });
});

describe('wrap-ups', () => {
  const wrapUp: WrapUp = { interactionId: 'i-1', notes: 'n', disposition: null, contactId: null, completed: false };

  function actionsOn(interaction: Interaction, popUsers: readonly string[]) {
    const saved: string[] = [];
    const pops = { ofInteractions: async () => popUsers.map((userId) => ({ userId, state: 'closed' }) as Pop) };
    const wrapUps = { save: async (_wrapUp: WrapUp, userId: string) => void saved.push(userId) };
    const actions = new DeskActionsService(
      pops as never,
      { append: async () => undefined } as never,
      { get: async () => interaction } as Partial<InteractionsStore> as InteractionsStore,
      wrapUps as never,
      {} as never,
      { publish: async () => undefined } as never,
      { now: () => 0 },
    );
    return { actions, saved };
  }

  it('are written by those who had a part in the call', async () => {
    const { actions, saved } = actionsOn(call, ['u-carol']);
    await actions.saveWrapUp(wrapUp, alice);
    await actions.saveWrapUp(wrapUp, { ...alice, id: 'u-carol', extension: null });
    expect(saved).toEqual(['u-alice', 'u-carol']);
  });

  it('are refused to everybody else', async () => {
    const { actions, saved } = actionsOn(call, ['u-carol']);
    const bob = { ...alice, id: 'u-bob', extension: '1002' };
    await expect(actions.saveWrapUp(wrapUp, bob)).rejects.toMatchObject(denied);
    await expect(actions.saveWrapUp(wrapUp, { ...bob, extension: null })).rejects.toMatchObject(denied);
    const elsewhere = { ...alice, connectionId: 'other-pbx' };
    await expect(actions.saveWrapUp(wrapUp, elsewhere)).rejects.toMatchObject(denied);
    expect(saved).toEqual([]);
  });
});
