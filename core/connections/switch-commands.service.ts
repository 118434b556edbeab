import { Inject, Injectable } from '@nestjs/common';
import type { CallControl } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import type { JsonValue } from '#core/contract/json.ts';
import { ENVIRONMENT, runsEverything } from '#core/platform/environment.ts';
import type { Environment } from '#core/platform/environment.ts';
import { ConnectionsStore } from './connections.store.ts';
import { CONNECTORS, linkKindOf } from './connectors.ts';
import type { Connectors } from './connectors.ts';
import { readSwitchCommand } from './switch-command.ts';
import { SwitchLinks } from './switch-links.service.ts';

export interface CommandOrder {
  readonly connectionId: string;
  readonly verb: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Carries orders out on the links this process owns. */
@Injectable()
export class SwitchCommands {
  constructor(
    @Inject(CONNECTORS) private readonly connectors: Connectors,
    @Inject(ConnectionsStore) private readonly store: ConnectionsStore,
    @Inject(SwitchLinks) private readonly links: SwitchLinks,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** The owner of the link answers; for a link nobody can own, any process says so. */
  async isMine(connectionId: string): Promise<boolean> {
    if (!this.environment.roles.includes('telephony')) return false;
    if (this.links.owns(connectionId) || runsEverything(this.environment)) return true;
    return (await this.#whyNone(connectionId)) !== null;
  }

  async execute({ connectionId, verb, args }: CommandOrder): Promise<JsonValue> {
    if (!this.links.owns(connectionId)) {
      const why = await this.#whyNone(connectionId);
      if (why !== null) throw why;
    }
    const session = this.links.live(connectionId);
    const command = readSwitchCommand(verb, args);
    if (command.kind === 'call') {
      // The arguments were parsed with the schema of this very verb.
      return session.control(command.verb, ...(command.args as Parameters<CallControl['answer']>));
    }
    const { agent, state, queue, reason } = command.order;
    await session.setAgentState(agent, state, {
      ...(typeof queue === 'string' && { queue }),
      ...(typeof reason === 'string' && { reason }),
    });
    return null;
  }

  async #whyNone(connectionId: string): Promise<HubError | null> {
    const row = await this.store.find(connectionId);
    if (row === undefined) return new HubError('resource.missing', 'There is no such connection any more.');
    if (!row.enabled) return new HubError('link.lost', `"${row.name}" is switched off.`, { scope: 'connection' });
    const facets = this.connectors.get(row.connector_id)?.facets;
    if (facets === undefined || linkKindOf(facets) !== 'switch') {
      return new HubError('facet.unsupported', `"${row.name}" is not a telephone system.`);
    }
    return null;
  }
}
