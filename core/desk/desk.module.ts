import { Module } from '@nestjs/common';
import { AccessModule } from '#core/access/access.module.ts';
import { CallsModule } from '#core/calls/calls.module.ts';
import { ConnectionsModule } from '#core/connections/connections.module.ts';
import { DirectoryModule } from '#core/directory/directory.module.ts';
import { CallCommandsService } from './call-commands.service.ts';
import { CallersService } from './callers.service.ts';
import { DeskActionsService } from './desk-actions.service.ts';
import { DeskEventsStore } from './desk-events.store.ts';
import { DeskRepairService } from './desk-repair.service.ts';
import { DeskSessionService } from './desk-session.service.ts';
import { DeskStreamService } from './desk-stream.service.ts';
import { DeskConsumer } from './desk.consumer.ts';
import { DeskController } from './desk.controller.ts';
import { DeskService } from './desk.service.ts';
import { PopsStore } from './pops.store.ts';

@Module({
  imports: [AccessModule, CallsModule, ConnectionsModule, DirectoryModule],
  controllers: [DeskController],
  providers: [
    ...[PopsStore, DeskEventsStore, CallersService, DeskService, DeskStreamService],
    ...[DeskRepairService, DeskSessionService, DeskActionsService, CallCommandsService, DeskConsumer],
  ],
  exports: [PopsStore, DeskEventsStore],
})
export class DeskModule {}
