import { Inject, Injectable } from '@nestjs/common';
import type { BusPayload } from '#core/contract/bus.ts';
import { OnBus } from '#core/platform/bus/on-bus.ts';
import { IdentificationStore } from './identification.store.ts';
import { NumberIndexStore } from './number-index.store.ts';

/** Remembers who talked to whom last, for the next call that several contacts share a number in. */
@Injectable()
export class ContactTouchConsumer {
  constructor(
    @Inject(IdentificationStore) private readonly identifications: IdentificationStore,
    @Inject(NumberIndexStore) private readonly index: NumberIndexStore,
  ) {}

  @OnBus('interaction.changed')
  async interactionChanged({ interaction }: BusPayload<'interaction.changed'>): Promise<void> {
    if (interaction.open || interaction.answerMs === null || interaction.agents.length === 0) return;
    const stored = await this.identifications.find(interaction.id);
    const contactId = stored?.identification.contactId ?? null;
    if (contactId === null) return;
    const atMs = interaction.endMs ?? interaction.answerMs;
    for (const agent of new Set(interaction.agents)) await this.index.touch(contactId, agent, atMs);
  }
}
