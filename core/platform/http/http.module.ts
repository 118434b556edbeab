import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HttpHost } from './http-host.service.ts';

@Global()
@Module({ imports: [DiscoveryModule], providers: [HttpHost], exports: [HttpHost] })
export class HttpModule {}
