import { Inject, Injectable } from '@nestjs/common';
import type { User } from '#core/contract/api/access.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { userOf } from './users.ts';
import { UsersStore } from './users.store.ts';

/** A missed `phone.changed` heals after this long. */
const freshForMs = 30_000;

/** Who sits at a phone: asked for every ringing leg, so answered from memory. */
@Injectable()
export class Phones {
  #loaded: Promise<ReadonlyMap<string, User>> | null = null;
  #loadedAtMs = 0;

  constructor(
    @Inject(UsersStore) private readonly store: UsersStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A user who named no switch counts for every switch, unless somebody sits at that very phone. */
  async byAgent(connectionId: string, extension: string): Promise<User | null> {
    const phones = await this.#phones();
    return phones.get(phoneKey(connectionId, extension)) ?? phones.get(phoneKey(null, extension)) ?? null;
  }

  forget(): void {
    this.#loaded = null;
  }

  #phones(): Promise<ReadonlyMap<string, User>> {
    const nowMs = this.clock.now();
    if (this.#loaded !== null && nowMs - this.#loadedAtMs < freshForMs) return this.#loaded;
    this.#loadedAtMs = nowMs;
    const loading = this.#load();
    this.#loaded = loading;
    loading.catch(() => {
      if (this.#loaded === loading) this.#loaded = null;
    });
    return loading;
  }

  async #load(): Promise<ReadonlyMap<string, User>> {
    const rows = await this.store.atPhones();
    return new Map(rows.map((row) => [phoneKey(row.connection_id, row.extension ?? ''), userOf(row)]));
  }
}

function phoneKey(connectionId: string | null, extension: string): string {
  return JSON.stringify([connectionId, extension]);
}
