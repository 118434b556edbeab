import { Module } from '@nestjs/common';
import { AccessModule } from '#core/access/access.module.ts';
import { CallsModule } from '#core/calls/calls.module.ts';
import { ConnectionsModule } from '#core/connections/connections.module.ts';
import { DirectoryModule } from '#core/directory/directory.module.ts';
import { ActivityService } from './activity.service.ts';
import { JournalPolicyController } from './journal-policy.controller.ts';
import { JournalConsumer } from './journal.consumer.ts';
import { JournalService } from './journal.service.ts';
import { JournalStore } from './journal.store.ts';
import { SinksService } from './sinks.service.ts';

@Module({
  imports: [AccessModule, CallsModule, ConnectionsModule, DirectoryModule],
  controllers: [JournalPolicyController],
  providers: [JournalStore, SinksService, ActivityService, JournalService, JournalConsumer],
  exports: [JournalStore],
})
export class JournalModule {}
