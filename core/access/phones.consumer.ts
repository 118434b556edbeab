import { Inject, Injectable } from '@nestjs/common';
import { OnBus } from '#core/platform/bus/on-bus.ts';
import { Phones } from './phones.service.ts';

@Injectable()
export class PhonesConsumer {
  constructor(@Inject(Phones) private readonly phones: Phones) {}

  @OnBus('phone.changed')
  phoneChanged(): void {
    this.phones.forget();
  }
}
