/** What a stored version makes of a sample, step by step. A version never changes, so neither does the answer. */
import { Inject, Injectable } from '@nestjs/common';
import type { MappingTrace } from '#core/contract/mapping.ts';
import { OffThread } from './off-thread.service.ts';
import type { Surroundings } from './compile-loaded.ts';
import type { Sample } from './trace.ts';
import { VersionsStore } from './versions.store.ts';

@Injectable()
export class Tracing {
  constructor(
    @Inject(VersionsStore) private readonly store: Pick<VersionsStore, 'find'>,
    @Inject(OffThread) private readonly offThread: Pick<OffThread, 'run'>,
  ) {}

  /** Null when the version is not stored, or this hub cannot read it any more. */
  async trace(
    tenantId: string,
    { name, version }: { readonly name: string; readonly version: number },
    { sample, around }: { readonly sample: Sample; readonly around: Surroundings },
  ): Promise<MappingTrace | null> {
    const row = await this.store.find(tenantId, name, version);
    return row === null ? null : this.offThread.run('trace', { name, bundle: row.bundle, sample, around });
  }
}
