/** A signed-in browser's view of a hub, for benches that need several users. */
import { setUp, createUser, logIn } from '#core/contract/api/access.ts';
import type { Route } from '#core/contract/route.ts';

export class Visitor {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  get headers(): Record<string, string> {
    return { cookie: this.#cookie, origin: this.#url, 'content-type': 'application/json' };
  }

  async call(route: Route, body: unknown = {}, path: string = route.path): Promise<Record<string, unknown>> {
    const init: RequestInit = { method: route.method, headers: this.headers };
    if (route.method !== 'GET') init.body = JSON.stringify(body);
    const response = await fetch(new URL(path, this.#url), init);
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie !== undefined) this.#cookie = cookie;
    const text = await response.text();
    if (!response.ok) throw new Error(`${route.id}: ${response.status} ${text.slice(0, 500)}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  }
}

const password = 'bench pass phrase';

export async function firstAdministrator(url: string): Promise<Visitor> {
  const admin = new Visitor(url);
  await admin.call(setUp, { email: 'admin@bench.example', displayName: 'Bench', password, defaultRegion: 'US' });
  return admin;
}

/** A user who sits at a phone of a connection and is signed in. */
export async function seatedAgent(
  admin: Visitor,
  url: string,
  seat: { extension: string; connectionId: string },
): Promise<Visitor> {
  const email = `agent${seat.extension}@bench.example`;
  await admin.call(createUser, { email, displayName: `Agent ${seat.extension}`, role: 'agent', password, ...seat });
  const agent = new Visitor(url);
  await agent.call(logIn, { email, password });
  return agent;
}
