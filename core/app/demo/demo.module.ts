import { Module } from '@nestjs/common';
import { AccessModule } from '#core/access/access.module.ts';
import { ConnectionsModule } from '#core/connections/connections.module.ts';
import { DeskModule } from '#core/desk/desk.module.ts';
import { DirectoryModule } from '#core/directory/directory.module.ts';
import { DemoCleaner } from './demo-cleaner.service.ts';
import { DemoGuests } from './demo-guests.service.ts';
import { DEMO_PARTS, loadDemoParts } from './demo-parts.ts';
import { DemoController } from './demo.controller.ts';
import { DemoService } from './demo.service.ts';
import { DemoStore } from './demo.store.ts';

@Module({
  imports: [AccessModule, ConnectionsModule, DeskModule, DirectoryModule],
  controllers: [DemoController],
  providers: [DemoStore, DemoCleaner, DemoGuests, DemoService, { provide: DEMO_PARTS, useFactory: loadDemoParts }],
})
export class DemoModule {}
