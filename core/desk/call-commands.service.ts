/** Click-to-dial and the buttons of a call: checked here, executed by the process that owns the switch link. */
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '#core/contract/actor.ts';
import type { callCommand, makeCall, setAgentState } from '#core/contract/api/desk.ts';
import { HubError } from '#core/contract/errors.ts';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { InteractionsStore } from '#core/calls/interactions.store.ts';
import { ConnectionsService } from '#core/connections/connections.service.ts';
import { BUS, type Bus } from '#core/platform/bus/bus.ts';
import { agentLeg } from './agent-leg.ts';

type MakeCallBody = z.output<(typeof makeCall)['body']>;
type CommandBody = z.output<(typeof callCommand)['body']>;
type AgentStateBody = z.output<(typeof setAgentState)['body']>;

@Injectable()
export class CallCommandsService {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(InteractionsStore) private readonly interactions: InteractionsStore,
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
  ) {}

  async makeCall(body: MakeCallBody, actor: Actor): Promise<{ requestId: string; dialled: string }> {
    const agent = body.agent ?? actor.extension;
    if (agent === null) throw noPhone();
    if (actor.role === 'agent' && agent !== actor.extension) {
      throw new HubError('permission.denied', 'You can make your own phone ring, not that of somebody else.', {
        field: 'agent',
      });
    }
    const connectionId = body.connectionId ?? actor.connectionId ?? (await this.onlySwitch());
    const correlation: JsonObject = body.contactId === null ? {} : { contactId: body.contactId };
    const order = { agent, number: body.number, requestId: body.requestId, correlation };
    const result = await this.order(connectionId, 'makeCall', order);
    const { dialled } = result as { dialled?: string };
    return { requestId: body.requestId, dialled: dialled ?? body.number };
  }

  async command(interactionId: string, body: CommandBody, actor: Actor): Promise<void> {
    const interaction = await this.interactions.get(interactionId);
    if (interaction === null || !interaction.open) {
      throw new HubError('resource.missing', 'That call is over; there is nothing left to command.');
    }
    const leg = agentLeg(interaction, actor);
    if (leg === null) throw new HubError('permission.denied', 'You are not on that call, so you cannot command it.');
    const { verb, ...rest } = body;
    await this.order(interaction.connectionId, verb, { leg: leg.legId, ...rest });
  }

  async setAgentState(body: AgentStateBody, actor: Actor): Promise<{ state: string; reason: string | null }> {
    if (actor.extension === null) throw noPhone();
    const connectionId = actor.connectionId ?? (await this.onlySwitch());
    await this.order(connectionId, 'setAgentState', { agent: actor.extension, state: body.state, reason: body.reason });
    return { state: body.state, reason: body.reason };
  }

  private async order(connectionId: string, verb: string, args: JsonObject): Promise<JsonValue> {
    const { result } = await this.bus.request('call.command', { connectionId, verb, args });
    return result;
  }

  private async onlySwitch(): Promise<string> {
    const [first, ...others] = await this.connections.switches();
    if (first !== undefined && others.length === 0) return first.connectionId;
    throw new HubError(
      'input.invalid',
      'Several telephone systems are connected: say which one your phone belongs to.',
      { field: 'connectionId' },
    );
  }
}

function noPhone(): HubError {
  return new HubError('input.invalid', 'Take a phone first: the hub does not know which extension is yours.', {
    field: 'agent',
  });
}
