/** Why a written record has its values: the version that made them is read again and traced over what it started from. */
import { Inject, Injectable } from '@nestjs/common';
import type { explainWrite } from '#core/contract/api/writes.ts';
import { asHubError, HubError } from '#core/contract/errors.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { MappingTrace } from '#core/contract/mapping.ts';
import type { RouteOutput } from '#core/contract/route.ts';
import { LiveDictionaries } from '#core/dictionaries/live-dictionaries.service.ts';
import { reasonsOf } from '#core/dictionaries/provenance.ts';
import { traceSample } from '#core/dictionaries/trace.ts';
import { parseLabel } from '#core/dictionaries/version-in-force.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { WritesStore } from './writes.store.ts';

@Injectable()
export class Explaining {
  constructor(
    @Inject(WritesStore) private readonly store: WritesStore,
    @Inject(LiveDictionaries) private readonly dictionaries: Pick<LiveDictionaries, 'version'>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async explain(tenantId: string, writeId: string): Promise<RouteOutput<typeof explainWrite>> {
    const write = await this.store.madeOf(tenantId, writeId);
    if (write === null) throw new HubError('resource.missing', `There is no write ${writeId.slice(0, 60)}.`);
    const { values: input, rules, kept, readBy } = write;
    const dictionary = write.dictionary === null ? null : parseLabel(write.dictionary);
    const trace = dictionary === null ? null : await this.#trace(dictionary, input, write.region);
    // Nothing was sent when nothing was to be changed; the trace says what would have been.
    const record = write.sent ?? trace?.result ?? {};
    return { dictionary, readBy, input, fields: reasonsOf(record, rules ?? {}, kept), trace };
  }

  /** Null when the version is not stored, or this hub cannot read it any more. */
  async #trace(
    { name, version }: { name: string; version: number },
    input: JsonObject,
    region: string | null,
  ): Promise<MappingTrace | null> {
    try {
      const found = await this.dictionaries.version(name, version, region === null ? {} : { region });
      return found === null ? null : traceSample(found.compiled, { direction: 'write', input });
    } catch (thrown) {
      const error = asHubError(thrown);
      if (error.code !== 'dictionary.invalid') throw error;
      this.log.warn({ err: error, dictionary: name, version }, 'A stored version cannot be traced');
      return null;
    }
  }
}
