/** The feature modules and their tables: the one list a new feature is added to. */
import type { DynamicModule, Type } from '@nestjs/common';
import type { Route } from '#core/contract/route.ts';
import type { Migration } from '#core/platform/database/data-source.store.ts';
import { leaseMigrations } from '#core/platform/lease/lease.migration.ts';
import { contractRoutes } from './routes.ts';

export interface Features {
  readonly modules: readonly (Type | DynamicModule)[];
  /** In the order they run. */
  readonly migrations: readonly Migration[];
  readonly routes: readonly Route[];
}

export const allFeatures: Features = {
  modules: [],
  migrations: [...leaseMigrations],
  routes: contractRoutes,
};
