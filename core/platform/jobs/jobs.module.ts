import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { JobHost } from './job-host.service.ts';
import { JOBS } from './jobs.ts';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [JobHost, { provide: JOBS, useExisting: JobHost }],
  exports: [JOBS, JobHost],
})
export class JobsModule {}
