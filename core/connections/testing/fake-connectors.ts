/** Connectors whose far side is in the test's hand: a telephone system and a CRM. */
import { z } from 'zod';
import type { CallSnapshot, SwitchEvent } from '#core/contract/call-events.ts';
import { defineConnector } from '#core/contract/connector.ts';
import type { ConnectorContext, Match, ProbeReport } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import { hostField, secretField, textField } from '#core/kit/config-fields.ts';

const text = (title: string) => ({ title: { en: title, 'zh-CN': title }, help: { en: title, 'zh-CN': title } });
const manifest = (id: string, kind: 'switch' | 'crm') => ({
  id,
  kind,
  vendor: 'Test',
  title: { en: id, 'zh-CN': id },
  summary: { en: id, 'zh-CN': id },
});

export const switchConfig = z.strictObject({
  host: hostField(text('Host')),
  password: secretField(text('Password')),
  pin: secretField(text('PIN')).optional(),
});

export interface LiveSwitch {
  readonly context: ConnectorContext<z.output<typeof switchConfig>>;
  readonly push: (events: readonly SwitchEvent[]) => Promise<void>;
  readonly lose: (reason: Error) => void;
  readonly commands: unknown[];
  closed: boolean;
}

export function fakeSwitch(password = 'right') {
  const far = new FarSwitch(password);
  const connector = defineConnector({
    manifest: manifest('fake-switch', 'switch'),
    config: switchConfig,
    facets: {
      callEvents: { snapshot: true },
      callControl: { verbs: ['makeCall', 'clear'] },
      agentState: { states: ['ready'] },
    },
    open: async (context) => {
      far.letIn(context.config.password);
      const lost = Promise.withResolvers<Error>();
      const listening = Promise.withResolvers<LiveSwitch['push']>();
      const push: LiveSwitch['push'] = async (events) => (await listening.promise)(events);
      const live: LiveSwitch = { context, push, lose: lost.resolve, commands: [], closed: false };
      far.live.push(live);
      const note = async (...command: unknown[]): Promise<void> => void live.commands.push(command);
      return {
        lost: lost.promise,
        probe: (): Promise<ProbeReport> => Promise.resolve({ ok: true, checks: [] }),
        close: async () => {
          live.closed = true;
        },
        callEvents: { listen: async (push) => listening.resolve(push), snapshot: () => Promise.resolve(far.calls) },
        callControl: {
          makeCall: async (order) => {
            await note('makeCall', order);
            return { requestId: order.requestId, dialled: `0${order.number}` };
          },
          clear: (leg) => note('clear', leg),
        },
        agentState: { set: (agent, state, options) => note('set', agent, state, options) },
      };
    },
  });
  return { far, connector };
}

/** The telephone system itself. */
class FarSwitch {
  readonly live: LiveSwitch[] = [];
  calls: CallSnapshot[] = [];
  /** Thrown by the next openings. */
  openError: Error | null = null;

  password: string;

  constructor(password: string) {
    this.password = password;
  }

  current(): LiveSwitch {
    const live = this.live.at(-1);
    if (live === undefined || live.closed) throw new Error('No session is open');
    return live;
  }

  openCount(): number {
    return this.live.filter((live) => !live.closed).length;
  }

  letIn(password: string): void {
    if (this.openError !== null) throw this.openError;
    if (password === this.password) return;
    throw new HubError('auth.rejected', `The switch refused the password ${password}.`, {
      field: 'password',
      scope: 'connection',
    });
  }
}

export const crmConfig = z.strictObject({
  region: textField(text('Region')).optional(),
  apiKey: secretField(text('Key')),
});

export function fakeCrm(id = 'fake-crm') {
  const far = {
    opened: 0,
    closed: 0,
    openError: null as Error | null,
    probe: { ok: true, checks: [] } as ProbeReport,
    lookUp: (): Promise<readonly Match[]> => Promise.resolve([]),
  };
  const connector = defineConnector({
    manifest: manifest(id, 'crm'),
    config: crmConfig,
    facets: {
      callerLookup: {},
      records: { objects: [{ name: 'calls', entity: 'activity', can: ['create'] }] },
    },
    open: async () => {
      if (far.openError !== null) throw far.openError;
      far.opened += 1;
      return {
        lost: new Promise<Error>(() => undefined),
        probe: () => Promise.resolve(far.probe),
        close: async () => {
          far.closed += 1;
        },
        callerLookup: { byNumber: () => far.lookUp() },
        records: {
          limits: { batchSize: 10 },
          describe: (name) => Promise.resolve({ name, fields: [] }),
          pull: () => Promise.resolve({ records: [], deletedIds: [], cursor: null, more: false }),
          read: () => Promise.resolve([]),
          findByKey: () => Promise.resolve(null),
          push: (_object, batch) =>
            Promise.resolve(batch.map((change) => ({ status: 'done' as const, recordId: change.key }))),
        },
      };
    },
  });
  return { far, connector };
}
