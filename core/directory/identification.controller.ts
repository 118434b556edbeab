import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { interactionMatch } from '#core/contract/api/interactions.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { IdentificationService } from './identification.service.ts';

@Controller()
export class IdentificationController {
  constructor(@Inject(IdentificationService) private readonly identifications: IdentificationService) {}

  @Handles(interactionMatch)
  async match(
    { params }: RouteInput<typeof interactionMatch>,
    actor: Actor,
  ): Promise<RouteOutput<typeof interactionMatch>> {
    return { identification: await this.identifications.find(params.interactionId, actor.tenantId) };
  }
}
