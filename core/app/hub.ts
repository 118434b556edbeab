/** Starts a hub and stops it: the order in which its parts come up, and the reverse. */
import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { BusHost } from '#core/platform/bus/bus-host.service.ts';
import type { Clock } from '#core/platform/clock.ts';
import { openDatabase, type Database } from '#core/platform/database/database.ts';
import type { Environment } from '#core/platform/environment.ts';
import { addApiDescription } from '#core/platform/http/api-description.ts';
import { serveDashboard } from '#core/platform/http/dashboard-files.ts';
import { createFastify, registerAddresses } from '#core/platform/http/fastify-server.ts';
import { HttpHost } from '#core/platform/http/http-host.service.ts';
import { listen } from '#core/platform/http/listen.ts';
import { addOperations } from '#core/platform/http/operations.ts';
import { JobHost } from '#core/platform/jobs/job-host.service.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { NestLogger } from '#core/platform/log/nest-logger.service.ts';
import { METRICS, type Metrics } from '#core/platform/metrics/metrics.ts';
import { dashboardDir, packageVersion } from '#core/platform/package-root.ts';
import { openVault } from '#core/platform/vault/open-vault.ts';
import { allFeatures, type Features } from './features.ts';
import { HubModule } from './hub.module.ts';

export interface HubOptions {
  readonly environment: Environment;
  readonly log: Log;
  readonly features?: Features;
  readonly clock?: Clock;
}

export interface Hub {
  readonly app: INestApplication;
  readonly url: string;
  readonly database: Database;
  /** Drains: no new requests, event streams ended, jobs in hand finished, links closed, then the database. */
  stop(): Promise<void>;
}

export async function startHub(options: HubOptions): Promise<Hub> {
  const { environment, log, features = allFeatures, clock } = options;
  const vault = openVault(environment);
  const database = await openDatabase(environment, features.migrations, log);
  try {
    const server = createFastify(environment);
    const parts = { environment, log, database, vault, ...(clock !== undefined && { clock }) };
    const app = await NestFactory.create(HubModule.with(parts, features), new FastifyAdapter(server), {
      bodyParser: false,
      abortOnError: false,
      logger: new NestLogger(log),
    });
    return await runHub({ app, server, database, features, environment });
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Parts {
  readonly app: INestApplication;
  readonly server: FastifyInstance;
  readonly database: Database;
  readonly features: Features;
  readonly environment: Environment;
}

async function runHub(parts: Parts): Promise<Hub> {
  const { app, database } = parts;
  const stop = (): Promise<void> => bringDown(app, database);
  try {
    return { app, database, url: await bringUp(parts), stop };
  } catch (error) {
    // What failed is worth telling; what fails after it is not.
    await stop().catch(() => undefined);
    throw error;
  }
}

/** Messages and jobs can be sent before any module's start hook runs; nothing is taken in before all have run. */
async function bringUp(parts: Parts): Promise<string> {
  const { app, server, database, environment } = parts;
  const jobs = app.get(JobHost);
  mountAddresses(parts);
  await app.get(BusHost).start();
  await jobs.open({ redisUrl: environment.redisUrl, databaseUrl: database.url });
  await app.init();
  if (environment.roles.includes('worker')) await jobs.work();
  const port = await listen(server, environment.host, environment.port);
  const host = environment.host.includes(':') ? `[${environment.host}]` : environment.host;
  return environment.publicUrl ?? `http://${host}:${port}`;
}

function mountAddresses({ app, server, database, features, environment }: Parts): void {
  const http = app.get(HttpHost);
  if (environment.roles.includes('api')) http.bind(features.routes);
  registerAddresses(server, http, environment, async (scope) => {
    addOperations(scope, {
      metrics: app.get<Metrics>(METRICS),
      log: app.get<Log>(LOG),
      isDraining: () => http.isDraining,
      mayReadMetrics: (request) => http.may(request, 'system.read'),
      checks: [
        { name: 'database', check: async () => database.dataSource.query('select 1').then(() => null) },
        { name: 'bus', check: async () => (app.get(BusHost).isConnected ? null : 'not connected') },
        { name: 'jobs', check: async () => (app.get(JobHost).isReady ? null : 'not open') },
      ],
    });
    if (!environment.roles.includes('api')) return;
    http.mount(scope);
    addApiDescription(scope, features.routes, packageVersion());
    await serveDashboard(scope, dashboardDir());
  });
}

/** Every step is taken even when one before it fails, so that the database is closed in any case. */
async function bringDown(app: INestApplication, database: Database): Promise<void> {
  app.get(HttpHost).drain();
  const steps = [
    () => app.get(JobHost).stop(),
    () => app.close(),
    () => app.get(BusHost).stop(),
    () => database.close(),
  ];
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'The hub did not stop cleanly');
}
