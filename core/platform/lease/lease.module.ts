import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { LOG, type Log } from '../log/log.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { LEASES } from './leases.ts';

const keeper = {
  provide: LEASES,
  inject: [DATABASE, LOG],
  useFactory: (database: Database, log: Log) => new LeaseKeeper(database.url, log),
};

@Global()
@Module({ providers: [keeper], exports: [LEASES] })
export class LeaseModule implements OnApplicationShutdown {
  constructor(@Inject(LEASES) private readonly leases: LeaseKeeper) {}

  /** After every owner has had its own shutdown hooks. */
  async onApplicationShutdown(): Promise<void> {
    await this.leases.close();
  }
}
