import { Inject, Injectable } from '@nestjs/common';
import type { BusAnswer, BusPayload } from '#core/contract/bus.ts';
import type { JobPayload } from '#core/contract/jobs.ts';
import { OnBus } from '#core/platform/bus/on-bus.ts';
import { OnJob } from '#core/platform/jobs/on-job.ts';
import { OutboxService } from './outbox.service.ts';

@Injectable()
export class SyncConsumer {
  constructor(@Inject(OutboxService) private readonly outbox: OutboxService) {}

  @OnBus('writes.plan')
  plan({ writes }: BusPayload<'writes.plan'>): Promise<BusAnswer<'writes.plan'>> {
    return this.outbox.plan(writes);
  }

  @OnJob('outbox.pump')
  pump(pump: JobPayload<'outbox.pump'>, stopping: AbortSignal): Promise<void> {
    return this.outbox.pump(pump, stopping);
  }

  /** A connection that was mended goes on at once instead of waiting out its pause. */
  @OnBus('connection.changed')
  connectionChanged({ connectionId }: BusPayload<'connection.changed'>): Promise<void> {
    return this.outbox.resume(connectionId);
  }
}
