import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import type { Authenticator, Credentials } from '#core/platform/http/authenticator.ts';
import { ApiKeys } from './api-keys.service.ts';
import { isLive, wantsTouch } from './session-rules.ts';
import { SessionsStore } from './sessions.store.ts';
import { sessionCookie } from './sign-in.service.ts';
import { sessionTokenHash } from './tokens.ts';
import { userActor } from './users.ts';

/** An `Authorization` header decides alone: a request that shows a bad key is not let in by a cookie beside it. */
@Injectable()
export class AccessAuthenticator implements Authenticator {
  constructor(
    @Inject(SessionsStore) private readonly sessions: SessionsStore,
    @Inject(ApiKeys) private readonly apiKeys: ApiKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async authenticate({ headers, cookies }: Credentials): Promise<Actor | null> {
    const { authorization } = headers;
    if (authorization !== undefined) return this.apiKeys.actorOf(authorization);
    const tokenHash = sessionTokenHash(cookies[sessionCookie]);
    if (tokenHash === null) return null;
    const found = await this.sessions.find(tokenHash);
    const nowMs = this.clock.now();
    if (found === null || !isLive(found.times, nowMs)) return null;
    if (wantsTouch(found.times, nowMs)) await this.sessions.touch(tokenHash, nowMs);
    return userActor(found.user);
  }
}
