import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { demoGet, demoRemove, demoStart } from '#core/contract/api/system.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { DemoService } from './demo.service.ts';

@Controller()
export class DemoController {
  constructor(@Inject(DemoService) private readonly demo: DemoService) {}

  @Handles(demoGet)
  state(_input: RouteInput<typeof demoGet>, actor: Actor): Promise<RouteOutput<typeof demoGet>> {
    return this.demo.state(actor);
  }

  @Handles(demoStart)
  start(_input: RouteInput<typeof demoStart>, actor: Actor): Promise<RouteOutput<typeof demoStart>> {
    return this.demo.start(actor);
  }

  @Handles(demoRemove)
  remove(_input: RouteInput<typeof demoRemove>, actor: Actor): Promise<RouteOutput<typeof demoRemove>> {
    return this.demo.remove(actor);
  }
}
