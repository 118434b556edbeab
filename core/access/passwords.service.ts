import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { HubError } from '#core/contract/errors.ts';

/** Argon2id (the library's default), 19 MiB, 2 passes, 1 lane: the OWASP password storage cheat sheet's first choice. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashing runs on the four threads that also serve files, DNS and encryption, so it may take two of them at most. */
const mostAtOnce = 2;
const mostWaiting = 100;

@Injectable()
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(password, parameters));
  }

  /** `stored` is null for an unknown user: the same work is done against a hash nobody has the password of. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    // Made even when it is not needed: the first sign-in of all pays for it, whoever it is.
    const decoy = await this.#decoyHash();
    const against = stored ?? decoy;
    const matches = await this.#inTurn(() => verify(against, password));
    return matches && stored !== null;
  }

  #decoyHash(): Promise<string> {
    this.#decoy ??= hash(randomBytes(24).toString('base64url'), parameters);
    return this.#decoy;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= mostAtOnce) {
      if (this.#waiting.length >= mostWaiting) {
        throw new HubError('remote.rateLimited', 'Too many sign-ins at once; try again in a few seconds.', {
          retry: 'after',
          retryAfterMs: 5_000,
        });
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
