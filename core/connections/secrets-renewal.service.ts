import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { ENVIRONMENT } from '#core/platform/environment.ts';
import type { Environment } from '#core/platform/environment.ts';
import { LOG } from '#core/platform/log/log.ts';
import type { Log } from '#core/platform/log/log.ts';
import { ConnectionsStore } from './connections.store.ts';
import { SecretsBox } from './secrets-box.service.ts';

/** After the vault got a new key: seals what is stored under an older one anew, so that the old key can be thrown away. */
@Injectable()
export class SecretsRenewal implements OnApplicationBootstrap {
  constructor(
    @Inject(ConnectionsStore) private readonly store: ConnectionsStore,
    @Inject(SecretsBox) private readonly box: SecretsBox,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'roles'>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.environment.roles.includes('worker')) await this.renew();
  }

  /** A secret that cannot be opened stays as it is; its connection says so when it is opened. */
  async renew(): Promise<void> {
    for (const row of await this.store.list(null)) {
      if (!this.box.isOld(row)) continue;
      try {
        await this.store.replaceSecrets(row, this.box.seal(row.id, this.box.open(row)));
      } catch (error) {
        this.log.warn({ err: error, connectionId: row.id }, `The secrets of "${row.name}" could not be sealed anew`);
      }
    }
  }
}
