import { Controller, Inject } from '@nestjs/common';
import { systemInfo } from '#core/contract/api/system.ts';
import type { RouteOutput } from '#core/contract/route.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { DATABASE, type Database } from '#core/platform/database/database.ts';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { packageVersion } from '#core/platform/package-root.ts';

@Controller()
export class SystemController {
  private readonly startedAt: string;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.startedAt = new Date(clock.now()).toISOString();
  }

  @Handles(systemInfo)
  info(): RouteOutput<typeof systemInfo> {
    return {
      version: packageVersion(),
      roles: [...this.environment.roles],
      database: this.database.kind,
      queue: this.environment.redisUrl === undefined ? 'postgres' : 'redis',
      startedAt: this.startedAt,
    };
  }
}
