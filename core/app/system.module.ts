import { Module } from '@nestjs/common';
import { AccessModule } from '#core/access/access.module.ts';
import { LocalAccess } from './local-access.service.ts';
import { SystemController } from './system.controller.ts';

@Module({ imports: [AccessModule], controllers: [SystemController], providers: [LocalAccess] })
export class SystemModule {}
