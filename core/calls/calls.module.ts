import { Module } from '@nestjs/common';
import { ConnectionsModule } from '#core/connections/connections.module.ts';
import { SWITCH_SINK } from '#core/connections/switch-sink.ts';
import { CallEventsStore } from './call-events.store.ts';
import { CallIntakeService } from './call-intake.service.ts';
import { CallsConsumer } from './calls.consumer.ts';
import { InteractionsController } from './interactions.controller.ts';
import { InteractionsStore } from './interactions.store.ts';
import { LiveService } from './live.service.ts';
import { StuckCallsService } from './stuck-calls.service.ts';
import { WrapUpsStore } from './wrap-ups.store.ts';

@Module({
  imports: [ConnectionsModule],
  controllers: [InteractionsController],
  providers: [
    ...[
      CallEventsStore,
      InteractionsStore,
      WrapUpsStore,
      CallIntakeService,
      LiveService,
      CallsConsumer,
      StuckCallsService,
    ],
    { provide: SWITCH_SINK, useExisting: CallIntakeService },
  ],
  exports: [SWITCH_SINK, CallEventsStore, InteractionsStore, WrapUpsStore],
})
export class CallsModule {}
