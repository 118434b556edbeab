/** A whole hub on a fresh database, and a browser for it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startHub } from '#core/app/hub.ts';
import { readEnvironment } from '#core/platform/environment.ts';
import { createLog } from '#core/platform/log/log.ts';
import { createTestDatabase } from '#core/platform/testing/database.ts';

export async function startTestHub(variables: Record<string, string> = {}) {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'tieline-api-test-'));
  const logged: string[] = [];
  const environment = readEnvironment(
    { DATABASE_URL: database.url, TIELINE_PORT: '0', TIELINE_DATA_DIR: dataDir, ...variables },
    process.cwd(),
  );
  const log = createLog('trace', { write: (line: string) => void logged.push(line) });
  const hub = await startHub({ environment, log });
  const stop = async (): Promise<void> => {
    await hub.stop();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: hub.url, database: hub.database.dataSource, logged, stop };
}

export type TestHub = Awaited<ReturnType<typeof startTestHub>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** Keeps cookies as a browser does. */
export class Visitor {
  readonly #url: string;
  cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  async call(method: string, route: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.#url}${route}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookie !== '' && { cookie: this.cookie }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const given = response.headers.getSetCookie()[0]?.split(';')[0];
    if (given !== undefined) this.cookie = given.endsWith('=') ? '' : given;
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text, json };
  }
}
