import { busUrlOf, type Environment } from '#core/platform/environment.ts';

export interface Startup {
  readonly url: string;
  readonly version: string;
  readonly database: 'embedded' | 'external';
  readonly environment: Environment;
}

/** What a person reads after `npm start`: where to go, where the data is, what is running. */
export function startupText({ url, version, database, environment }: Startup): string {
  const { dataDir, redisUrl, roles } = environment;
  const store = database === 'embedded' ? 'embedded PostgreSQL' : 'PostgreSQL of DATABASE_URL';
  const bus = busUrlOf(environment) === undefined ? 'in this process' : 'Redis';
  return [
    '',
    `  Tieline ${version} is ready`,
    '',
    `  Open      ${url}`,
    `  Data      ${dataDir}`,
    `  Running   ${roles.join(', ')}`,
    `  Database  ${store} · jobs in ${redisUrl === undefined ? 'PostgreSQL' : 'Redis'} · messages ${bus}`,
    '',
    '  Ctrl-C stops it.',
    '',
    '',
  ].join('\n');
}
