import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { getDirectorySettings, saveDirectorySettings } from '#core/contract/api/directory.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { DirectorySettingsService } from './directory-settings.service.ts';

@Controller()
export class DirectorySettingsController {
  constructor(@Inject(DirectorySettingsService) private readonly settings: DirectorySettingsService) {}

  @Handles(getDirectorySettings)
  get(
    _input: RouteInput<typeof getDirectorySettings>,
    actor: Actor,
  ): Promise<RouteOutput<typeof getDirectorySettings>> {
    return this.settings.of(actor.tenantId);
  }

  @Handles(saveDirectorySettings)
  save(
    { body }: RouteInput<typeof saveDirectorySettings>,
    actor: Actor,
  ): Promise<RouteOutput<typeof saveDirectorySettings>> {
    return this.settings.save(actor, body);
  }
}
