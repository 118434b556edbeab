/** Leaves the way in for the command line of this machine: the address and a key only this user account can read. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { ApiKeys } from '#core/access/api-keys.service.ts';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { systemActor } from '#core/platform/http/authenticator.ts';
import { localAccess, localAccessFile } from './local-access.ts';

@Injectable()
export class LocalAccess {
  constructor(
    @Inject(ApiKeys) private readonly keys: ApiKeys,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Call once the hub listens. The key of an earlier start is kept while it is valid. */
  async write(url: string): Promise<void> {
    if (!this.environment.roles.includes('api')) return;
    const path = join(this.environment.dataDir, localAccessFile);
    const key = (await this.validKey(path)) ?? (await this.newKey());
    await mkdir(this.environment.dataDir, { recursive: true });
    await writeFile(path, JSON.stringify({ url, key, pid: process.pid }), { mode: 0o600 });
  }

  private async validKey(path: string): Promise<string | null> {
    if (!existsSync(path)) return null;
    const { key } = localAccess.parse(JSON.parse(readFileSync(path, 'utf8')));
    return (await this.keys.actorOf(`Bearer ${key}`)) === null ? null : key;
  }

  private async newKey(): Promise<string> {
    const { secret } = await this.keys.create(
      { name: 'Command line of this machine', role: 'integrator' },
      systemActor,
    );
    return secret;
  }
}
