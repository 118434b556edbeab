import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import {
  acknowledgePop,
  callCommand,
  deskEvents,
  deskSessionRoute,
  dismissPop,
  makeCall,
  saveWrapUp,
  setAgentState,
} from '#core/contract/api/desk.ts';
import { getDeskPolicy, setDeskPolicy } from '#core/contract/api/policies.ts';
import type { DeskEvent } from '#core/contract/desk.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import type { Exchange } from '#core/platform/http/exchange.ts';
import { Handles, type StreamEvent } from '#core/platform/http/handles.ts';
import { CallCommandsService } from './call-commands.service.ts';
import { DeskActionsService } from './desk-actions.service.ts';
import { DeskSessionService } from './desk-session.service.ts';
import { DeskStreamService } from './desk-stream.service.ts';
import { PopsStore } from './pops.store.ts';

@Controller()
export class DeskController {
  constructor(
    @Inject(DeskSessionService) private readonly sessions: DeskSessionService,
    @Inject(DeskStreamService) private readonly stream: DeskStreamService,
    @Inject(DeskActionsService) private readonly actions: DeskActionsService,
    @Inject(CallCommandsService) private readonly commands: CallCommandsService,
    @Inject(PopsStore) private readonly pops: PopsStore,
  ) {}

  @Handles(deskSessionRoute)
  session(_input: RouteInput<typeof deskSessionRoute>, actor: Actor): Promise<RouteOutput<typeof deskSessionRoute>> {
    return this.sessions.load(actor);
  }

  @Handles(deskEvents)
  events(
    { query }: RouteInput<typeof deskEvents>,
    actor: Actor,
    exchange: Exchange,
  ): AsyncIterable<StreamEvent<DeskEvent>> {
    return this.stream.follow(actor.id, query.cursor, exchange.signal);
  }

  @Handles(acknowledgePop)
  acknowledge(
    { params, body }: RouteInput<typeof acknowledgePop>,
    actor: Actor,
  ): Promise<RouteOutput<typeof acknowledgePop>> {
    return this.actions.acknowledge(params.popId, body.contactId, actor);
  }

  @Handles(dismissPop)
  dismiss({ params }: RouteInput<typeof dismissPop>, actor: Actor): Promise<RouteOutput<typeof dismissPop>> {
    return this.actions.dismiss(params.popId, actor);
  }

  @Handles(saveWrapUp)
  wrapUp({ params, body }: RouteInput<typeof saveWrapUp>, actor: Actor): Promise<RouteOutput<typeof saveWrapUp>> {
    return this.actions.saveWrapUp({ ...body, interactionId: params.interactionId }, actor);
  }

  @Handles(setAgentState)
  agentState({ body }: RouteInput<typeof setAgentState>, actor: Actor): Promise<RouteOutput<typeof setAgentState>> {
    return this.commands.setAgentState(body, actor);
  }

  @Handles(makeCall)
  makeCall({ body }: RouteInput<typeof makeCall>, actor: Actor): Promise<RouteOutput<typeof makeCall>> {
    return this.commands.makeCall(body, actor);
  }

  @Handles(callCommand)
  async command(
    { params, body }: RouteInput<typeof callCommand>,
    actor: Actor,
  ): Promise<RouteOutput<typeof callCommand>> {
    await this.commands.command(params.interactionId, body, actor);
    return { accepted: true };
  }

  @Handles(getDeskPolicy)
  policy(_input: RouteInput<typeof getDeskPolicy>, actor: Actor): Promise<RouteOutput<typeof getDeskPolicy>> {
    return this.pops.setting(actor.tenantId);
  }

  @Handles(setDeskPolicy)
  async setPolicy(
    { body }: RouteInput<typeof setDeskPolicy>,
    actor: Actor,
  ): Promise<RouteOutput<typeof setDeskPolicy>> {
    await this.pops.setSetting(actor.tenantId, body);
    return body;
  }
}
