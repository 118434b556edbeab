import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule, type PlatformParts } from '#core/platform/platform.module.ts';
import type { Features } from './features.ts';

@Module({})
export class HubModule {
  static with(parts: PlatformParts, features: Features): DynamicModule {
    return { module: HubModule, imports: [PlatformModule.with(parts), ...features.modules] };
  }
}
