/** The fields of an external object, asked of the connected system while someone waits. */
import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '#core/contract/errors.ts';
import { objectDescription } from '#core/contract/mapping.ts';
import type { z } from 'zod';
import { ConnectionsService } from './connections.service.ts';
import { afterDelay } from './session-opener.service.ts';
import { SessionPool } from './session-pool.service.ts';

const deadlineMs = 20_000;

@Injectable()
export class ObjectFields {
  constructor(
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
    @Inject(SessionPool) private readonly pool: Pick<SessionPool, 'records'>,
  ) {}

  async describe(tenantId: string, connectionId: string, object: string): Promise<z.output<typeof objectDescription>> {
    const { name } = await this.connections.get(tenantId, connectionId);
    const late = Promise.withResolvers<never>();
    const cancel = afterDelay(deadlineMs, () => late.reject(tooLate(name)));
    try {
      const records = await Promise.race([this.pool.records(connectionId), late.promise]);
      const described = await Promise.race([records.describe(object), late.promise]);
      return objectDescription.parse(described);
    } finally {
      cancel();
    }
  }
}

function tooLate(name: string): HubError {
  return new HubError(
    'remote.timeout',
    `"${name}" did not describe its fields within ${deadlineMs / 1000} s. Try again.`,
  );
}
