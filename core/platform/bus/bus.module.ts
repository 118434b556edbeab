import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BUS } from './bus.ts';
import { BusHost } from './bus-host.service.ts';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [BusHost, { provide: BUS, useExisting: BusHost }],
  exports: [BUS, BusHost],
})
export class BusModule {}
