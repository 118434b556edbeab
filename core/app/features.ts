/** The feature modules and their tables: the one list a new feature is added to. */
import type { DynamicModule, Type } from '@nestjs/common';
import type { Route } from '#core/contract/route.ts';
import type { Migration } from '#core/platform/database/data-source.store.ts';
import { accessMigrations } from '#core/access/access.migration.ts';
import { AccessModule } from '#core/access/access.module.ts';
import { callsMigrations } from '#core/calls/calls.migration.ts';
import { CallsModule } from '#core/calls/calls.module.ts';
import { connectionsMigrations } from '#core/connections/connections.migration.ts';
import { ConnectionsModule } from '#core/connections/connections.module.ts';
import { deskMigrations } from '#core/desk/desk.migration.ts';
import { DeskModule } from '#core/desk/desk.module.ts';
import { dictionariesMigrations } from '#core/dictionaries/dictionaries.migration.ts';
import { DictionariesModule } from '#core/dictionaries/dictionaries.module.ts';
import { directoryMigrations } from '#core/directory/directory.migration.ts';
import { DirectoryModule } from '#core/directory/directory.module.ts';
import { journalMigrations } from '#core/journal/journal.migration.ts';
import { JournalModule } from '#core/journal/journal.module.ts';
import { leaseMigrations } from '#core/platform/lease/lease.migration.ts';
import { syncMigrations } from '#core/sync/sync.migration.ts';
import { SyncModule } from '#core/sync/sync.module.ts';
import { demoMigrations } from './demo/demo.migration.ts';
import { DemoModule } from './demo/demo.module.ts';
import { contractRoutes } from './routes.ts';
import { SystemModule } from './system.module.ts';

export interface Features {
  readonly modules: readonly (Type | DynamicModule)[];
  /** In the order they run. */
  readonly migrations: readonly Migration[];
  readonly routes: readonly Route[];
}

export const allFeatures: Features = {
  modules: [
    AccessModule,
    DictionariesModule,
    ConnectionsModule,
    DirectoryModule,
    CallsModule,
    SyncModule,
    DeskModule,
    JournalModule,
    DemoModule,
    SystemModule,
  ],
  migrations: [
    ...leaseMigrations,
    ...accessMigrations,
    ...connectionsMigrations,
    ...dictionariesMigrations,
    ...directoryMigrations,
    ...callsMigrations,
    ...syncMigrations,
    ...journalMigrations,
    ...deskMigrations,
    ...demoMigrations,
  ],
  routes: contractRoutes,
};
