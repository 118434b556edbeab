import { Inject, Injectable } from '@nestjs/common';
import { OnBus } from '#core/platform/bus/on-bus.ts';
import { LiveDictionaries } from './live-dictionaries.service.ts';

@Injectable()
export class DictionariesConsumer {
  constructor(@Inject(LiveDictionaries) private readonly live: LiveDictionaries) {}

  @OnBus('dictionary.published')
  published(): Promise<void> {
    return this.live.reload();
  }
}
