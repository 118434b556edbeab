/** Drafts: saved as they are, broken or not, and never over somebody else's. */
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import type { DraftView } from '#core/contract/api/dictionaries.ts';
import { HubError } from '#core/contract/errors.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import type { Texts } from './bundle.ts';
import { type DraftRow, DraftsStore } from './drafts.store.ts';
import { AuthorsStore } from './authors.store.ts';

@Injectable()
export class Drafts {
  constructor(
    @Inject(DraftsStore) private readonly store: DraftsStore,
    @Inject(AuthorsStore) private readonly authors: AuthorsStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async save(name: string, draft: Texts & { revision: number | null }, actor: Actor): Promise<DraftView> {
    assertStorable(draft);
    const { text, tests, revision } = draft;
    const row = { name, text, tests, updatedBy: actor.id, updatedAt: new Date(this.clock.now()) };
    const saved =
      revision === null
        ? await this.store.insert(actor.tenantId, row)
        : await this.store.update(actor.tenantId, { ...row, revision });
    if (saved === null) throw await this.#conflict(name, actor);
    return this.#view(saved);
  }

  async discard(name: string, actor: Actor): Promise<DraftView> {
    const gone = await this.store.delete(actor.tenantId, name);
    if (gone === null) throw new HubError('resource.missing', `There is no draft of ${name}.`);
    return this.#view(gone);
  }

  async find(name: string, tenantId: string): Promise<DraftView | null> {
    const row = await this.store.find(tenantId, name);
    return row === null ? null : this.#view(row);
  }

  async #conflict(name: string, actor: Actor): Promise<HubError> {
    const stored = await this.find(name, actor.tenantId);
    const message =
      stored === null
        ? `The draft of ${name} was published or thrown away meanwhile. Load the document again.`
        : `${stored.updatedBy} saved the draft of ${name} at ${stored.updatedAt}. Load it again before saving over it.`;
    return new HubError('resource.conflict', message);
  }

  async #view({ text, tests, revision, baseVersion, updatedAt, updatedBy }: DraftRow): Promise<DraftView> {
    const names = await this.authors.namesOf([updatedBy]);
    const who = names.get(updatedBy) ?? updatedBy;
    return { text, tests, revision, baseVersion, updatedAt: updatedAt.toISOString(), updatedBy: who };
  }
}

/** The database takes no NUL; no editor makes one. */
function assertStorable({ text, tests }: Texts): void {
  for (const [field, content] of [['text', text] as const, ['tests', tests ?? ''] as const]) {
    if (!content.includes('\u0000')) continue;
    throw new HubError('input.invalid', 'The text holds a NUL character. Take it out.', { field });
  }
}
