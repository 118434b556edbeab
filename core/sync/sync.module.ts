import { Module } from '@nestjs/common';
import { AccessModule } from '#core/access/access.module.ts';
import { ConnectionsModule } from '#core/connections/connections.module.ts';
import { DictionariesModule } from '#core/dictionaries/dictionaries.module.ts';
import { BatchService } from './batch.service.ts';
import { Explaining } from './explaining.service.ts';
import { OutboxService } from './outbox.service.ts';
import { OutboxStore } from './outbox.store.ts';
import { PumpService } from './pump.service.ts';
import { SweepService } from './sweep.service.ts';
import { SyncConsumer } from './sync.consumer.ts';
import { WritesController } from './writes.controller.ts';
import { WritesService } from './writes.service.ts';
import { WritesStore } from './writes.store.ts';

@Module({
  imports: [AccessModule, ConnectionsModule, DictionariesModule],
  controllers: [WritesController],
  providers: [
    OutboxStore,
    OutboxService,
    BatchService,
    PumpService,
    SweepService,
    SyncConsumer,
    WritesStore,
    WritesService,
    Explaining,
  ],
  exports: [OutboxStore],
})
export class SyncModule {}
