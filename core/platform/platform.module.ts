/** Everything of the machine room, for every module to inject. */
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { BusModule } from './bus/bus.module.ts';
import { CLOCK, systemClock, type Clock } from './clock.ts';
import { DATABASE, type Database } from './database/database.ts';
import { DATA_SOURCE } from './database/data-source.store.ts';
import { ENVIRONMENT, type Environment } from './environment.ts';
import { HttpModule } from './http/http.module.ts';
import { JobsModule } from './jobs/jobs.module.ts';
import { LeaseModule } from './lease/lease.module.ts';
import { LOG, type Log } from './log/log.ts';
import { METRICS, Metrics } from './metrics/metrics.ts';
import { VAULT, type Vault } from './vault/vault.ts';

/** Opened before the modules are built, because most of them need it at once, and closed after them. */
export interface PlatformParts {
  readonly environment: Environment;
  readonly log: Log;
  readonly database: Database;
  readonly vault: Vault;
  readonly clock?: Clock;
}

@Global()
@Module({})
export class PlatformModule {
  static with({ environment, log, database, vault, clock = systemClock }: PlatformParts): DynamicModule {
    const providers = [
      { provide: ENVIRONMENT, useValue: environment },
      { provide: LOG, useValue: log },
      { provide: DATABASE, useValue: database },
      { provide: DATA_SOURCE, useValue: database.dataSource },
      { provide: VAULT, useValue: vault },
      { provide: CLOCK, useValue: clock },
      { provide: METRICS, useValue: new Metrics() },
    ];
    return {
      module: PlatformModule,
      imports: [HttpModule, BusModule, JobsModule, LeaseModule],
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
