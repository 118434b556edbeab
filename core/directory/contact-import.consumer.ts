import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { JobPayload } from '#core/contract/jobs.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { JOBS, type Jobs } from '#core/platform/jobs/jobs.ts';
import { OnJob } from '#core/platform/jobs/on-job.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { ContactImports } from './contact-import.service.ts';
import { ContactImportStore } from './contact-import.store.ts';

const sweepEveryMs = 30_000;
/** A batch takes a second or two; an import that stood still for so long has lost its job. */
const stalledMs = 60_000;

@Injectable()
export class ContactImportConsumer implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(ContactImports) private readonly imports: ContactImports,
    @Inject(ContactImportStore) private readonly store: ContactImportStore,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @OnJob('contacts.import')
  run({ importId }: JobPayload<'contacts.import'>, signal: AbortSignal): Promise<void> {
    return this.imports.run(importId, signal);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), sweepEveryMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  /** A job may be lost; the import row is not. */
  async sweep(): Promise<void> {
    try {
      for (const importId of await this.store.stalled(this.clock.now() - stalledMs)) {
        await this.jobs.enqueue('contacts.import', { importId }, { dedupeId: importId });
      }
    } catch (error) {
      this.log.warn({ err: error }, 'Imports that stand still could not be looked for; the next sweep tries again');
    }
  }
}
