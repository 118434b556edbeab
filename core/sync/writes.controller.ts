import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { interactionWrites } from '#core/contract/api/interactions.ts';
import { deadLetterGroups, explainWrite, listWrites, redrive, writeSummary } from '#core/contract/api/writes.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { Explaining } from './explaining.service.ts';
import { WritesService } from './writes.service.ts';

@Controller()
export class WritesController {
  constructor(
    @Inject(WritesService) private readonly writes: WritesService,
    @Inject(Explaining) private readonly explaining: Explaining,
  ) {}

  @Handles(listWrites)
  list({ query }: RouteInput<typeof listWrites>): Promise<RouteOutput<typeof listWrites>> {
    return this.writes.page(query);
  }

  @Handles(interactionWrites)
  ofInteraction({ params }: RouteInput<typeof interactionWrites>): Promise<RouteOutput<typeof interactionWrites>> {
    return this.writes.ofInteraction(params.interactionId);
  }

  @Handles(writeSummary)
  summary(): Promise<RouteOutput<typeof writeSummary>> {
    return this.writes.summary();
  }

  @Handles(deadLetterGroups)
  deadLetters(): Promise<RouteOutput<typeof deadLetterGroups>> {
    return this.writes.deadLetters();
  }

  @Handles(explainWrite)
  explain({ params }: RouteInput<typeof explainWrite>, actor: Actor): Promise<RouteOutput<typeof explainWrite>> {
    return this.explaining.explain(actor.tenantId, params.writeId);
  }

  @Handles(redrive)
  redrive({ body }: RouteInput<typeof redrive>): Promise<RouteOutput<typeof redrive>> {
    return this.writes.redrive(body);
  }
}
