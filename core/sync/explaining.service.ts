/** Why a written record has its values: the version that made them is traced again over what it started from. */
import { Inject, Injectable } from '@nestjs/common';
import type { explainWrite } from '#core/contract/api/writes.ts';
import { HubError } from '#core/contract/errors.ts';
import type { RouteOutput } from '#core/contract/route.ts';
import { reasonsOf } from '#core/dictionaries/provenance.ts';
import { Tracing } from '#core/dictionaries/tracing.service.ts';
import { parseLabel } from '#core/dictionaries/version-in-force.ts';
import { WritesStore } from './writes.store.ts';

@Injectable()
export class Explaining {
  constructor(
    @Inject(WritesStore) private readonly store: Pick<WritesStore, 'madeOf'>,
    @Inject(Tracing) private readonly tracing: Pick<Tracing, 'trace'>,
  ) {}

  async explain(tenantId: string, writeId: string): Promise<RouteOutput<typeof explainWrite>> {
    const write = await this.store.madeOf(tenantId, writeId);
    if (write === null) throw new HubError('resource.missing', `There is no write ${writeId.slice(0, 60)}.`);
    const { values: input, region, rules, kept, readBy } = write;
    const dictionary = write.dictionary === null ? null : parseLabel(write.dictionary);
    const asked = { sample: { direction: 'write', input }, around: region === null ? {} : { region } } as const;
    const trace = dictionary === null ? null : await this.tracing.trace(tenantId, dictionary, asked);
    // Nothing was sent when nothing was to be changed; the trace says what would have been.
    const record = write.sent ?? trace?.result ?? {};
    return { dictionary, readBy, input, fields: reasonsOf(record, rules ?? {}, kept), trace };
  }
}
