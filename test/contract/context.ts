import type { ConnectorContext, ConnectorNotice } from '#core/contract/connector.ts';
import { parseConfig } from '#core/kit/config-schema.ts';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { SwitchEvent } from '#core/contract/call-events.ts';
import type { AnyConnector, AnySession } from '#core/connections/connectors.ts';

/** What the hub keeps of one connection between sessions, and all a connector ever said to it. */
export class ContractHub {
  readonly notices: ConnectorNotice[] = [];
  readonly errors: unknown[] = [];
  readonly stored: SwitchEvent[] = [];
  /** Answers whether a delivery can be stored. */
  accepts: (events: readonly SwitchEvent[]) => boolean = () => true;
  cursor: JsonValue | null = null;
  readonly #connector: AnyConnector;
  readonly #connectionId = crypto.randomUUID();
  readonly #open = new Set<AnySession>();

  constructor(connector: AnyConnector) {
    this.#connector = connector;
  }

  async open(config: JsonObject, signal: AbortSignal = new AbortController().signal): Promise<AnySession> {
    const session: AnySession = await this.#connector.open(this.#context(config, signal));
    this.#open.add(session);
    return session;
  }

  /** Opens and listens; what is accepted is stored. */
  async listen(config: JsonObject): Promise<AnySession> {
    const session = await this.open(config);
    await session.callEvents?.listen(async (events) => {
      if (!this.accepts(events)) throw new Error('The hub cannot store now.');
      this.stored.push(...events);
    });
    return session;
  }

  /** The error an opening ends with. Fails the test when it succeeds. */
  async refusal(config: JsonObject): Promise<unknown> {
    const session = await this.open(config).catch((error: unknown) => {
      this.errors.push(error);
      return null;
    });
    if (session === null) return this.errors.at(-1);
    // Some systems check credentials at the first request only: then the probe must tell.
    const report = await session.probe();
    this.errors.push(report);
    await session.close();
    return report;
  }

  async close(): Promise<void> {
    for (const session of this.#open) await session.close();
    this.#open.clear();
  }

  types(): readonly string[] {
    return this.stored.map((event) => (event.kind === 'call' ? event.type : event.state));
  }

  #context(config: JsonObject, signal: AbortSignal): ConnectorContext<Record<string, unknown>> {
    return {
      connectionId: this.#connectionId,
      tenantId: 'default',
      config: parseConfig(this.#connector.config, config),
      signal,
      now: Date.now,
      cursor: {
        get: async () => structuredClone(this.cursor),
        set: async (value) => {
          this.cursor = structuredClone(value);
        },
      },
      report: (notice) => void this.notices.push(notice),
    };
  }
}
