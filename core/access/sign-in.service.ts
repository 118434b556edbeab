import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { HubError } from '#core/contract/errors.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import type { Exchange } from '#core/platform/http/exchange.ts';
import { Passwords } from './passwords.service.ts';
import { absoluteMs, idleMs } from './session-rules.ts';
import { SessionsStore } from './sessions.store.ts';
import { ThrottleStore } from './throttle.store.ts';
import { throttleKeys } from './throttle.ts';
import { secretBytes, sessionToken, sessionTokenHash } from './tokens.ts';
import { emailKey } from './users.ts';
import type { UserRow } from './users.ts';
import { UsersStore } from './users.store.ts';

export const sessionCookie = 'tieline_session';

@Injectable()
export class SignIn {
  constructor(
    @Inject(UsersStore) private readonly users: UsersStore,
    @Inject(SessionsStore) private readonly sessions: SessionsStore,
    @Inject(ThrottleStore) private readonly throttle: ThrottleStore,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One sentence for every reason to refuse, so that nobody learns which e-mails exist. */
  async logIn(credentials: { email: string; password: string }, exchange: Exchange): Promise<UserRow> {
    const account = emailKey(credentials.email);
    const keys = throttleKeys(account, exchange.ip);
    const waitMs = await this.throttle.attempt(keys, this.clock.now());
    if (waitMs > 0) throw throttled(waitMs);
    const user = await this.users.findForLogin(account);
    const matches = await this.passwords.verify(user?.password_hash ?? null, credentials.password);
    if (user === undefined || !matches || user.disabled) {
      throw new HubError('auth.rejected', 'The e-mail or the password is wrong, or the user is disabled.');
    }
    await this.throttle.forgive(keys);
    await this.begin(user.id, exchange);
    return user;
  }

  /** Opens a session and gives its token to the browser; a session the browser brought along ends. */
  async begin(userId: string, exchange: Exchange): Promise<void> {
    const nowMs = this.clock.now();
    const token = sessionToken(randomBytes(secretBytes));
    const tokenHash = sessionTokenHash(token);
    if (tokenHash === null) throw new HubError('bug', 'A fresh session token does not have the shape of one.');
    await this.#endBrought(exchange);
    await this.sessions.insert({ tokenHash, userId, atMs: nowMs, ip: exchange.ip, userAgent: exchange.userAgent });
    exchange.setCookie(sessionCookie, token, { maxAgeSecs: absoluteMs / 1000 });
    await this.sessions.deleteOlderThan(nowMs - absoluteMs, nowMs - idleMs);
    await this.throttle.forgetOld(nowMs);
  }

  async logOut(exchange: Exchange): Promise<void> {
    await this.#endBrought(exchange);
    exchange.clearCookie(sessionCookie);
  }

  async #endBrought(exchange: Exchange): Promise<void> {
    const brought = sessionTokenHash(exchange.cookies[sessionCookie]);
    if (brought !== null) await this.sessions.delete(brought);
  }
}

function throttled(waitMs: number): HubError {
  const seconds = Math.ceil(waitMs / 1000);
  return new HubError('remote.rateLimited', `Too many wrong sign-ins; try again in ${seconds} s.`, {
    retry: 'after',
    retryAfterMs: waitMs,
  });
}
