/** A person at the hub without a browser: signs in, sits at a phone, and keeps every event their desk gets. */
import { makeCall, deskEvents } from '#core/contract/api/desk.ts';
import { setUp, updateMyExtension } from '#core/contract/api/access.ts';
import { deskEvent, type DeskEvent, type Pop } from '#core/contract/desk.ts';
import type { Route, RouteInput, RouteResult } from '#core/contract/route.ts';

const person = { email: 'robin@desk.example', displayName: 'Robin Vale', password: 'a quiet morning call' };

export class DeskUser {
  readonly events: DeskEvent[] = [];
  readonly #url: string;
  readonly #stopped = new AbortController();
  #cookie = '';

  private constructor(url: string) {
    this.#url = url;
  }

  /** Makes the first administrator of a fresh hub, through the same route as the wizard. */
  static async setUp(url: string, defaultRegion = 'US'): Promise<DeskUser> {
    const user = new DeskUser(url);
    await user.call(setUp, { body: { ...person, defaultRegion } });
    return user;
  }

  async call<R extends Route>(route: R, input: Partial<RouteInput<R>> = {}): Promise<RouteResult<R>> {
    const params = (input.params ?? {}) as Record<string, string>;
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const response = await fetch(this.#url + path, {
      method: route.method,
      headers: { cookie: this.#cookie, ...(route.body !== undefined && { 'content-type': 'application/json' }) },
      ...(route.body !== undefined && { body: JSON.stringify(input.body ?? {}) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${route.id}: ${response.status} ${text}`);
    this.#cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? this.#cookie;
    return route.response.parse(text === '' ? null : JSON.parse(text)) as RouteResult<R>;
  }

  /** Takes the phone and begins to listen; resolves once the stream is open. */
  async sitDown(extension: string, connectionId: string): Promise<void> {
    await this.call(updateMyExtension, { body: { extension, connectionId } });
    const response = await fetch(this.#url + deskEvents.path, {
      headers: { cookie: this.#cookie, accept: 'text/event-stream' },
      signal: this.#stopped.signal,
    });
    if (!response.ok || response.body === null) throw new Error(`The desk stream answered ${response.status}.`);
    void this.#read(response.body).catch(() => undefined);
  }

  async dial(number: string, requestId: string): Promise<RouteResult<typeof makeCall>> {
    return this.call(makeCall, { body: { number, requestId, contactId: null } });
  }

  leave(): void {
    this.#stopped.abort();
  }

  /** Each pop as it first came. */
  get firstPops(): Pop[] {
    const seen = new Map<string, Pop>();
    for (const event of this.events) {
      if (event.type === 'pop' && !seen.has(event.pop.id)) seen.set(event.pop.id, event.pop);
    }
    return [...seen.values()];
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = '';
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('data:')) this.events.push(deskEvent.parse(JSON.parse(line.slice('data:'.length))));
      }
    }
  }
}
