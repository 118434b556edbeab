/** A live session of a connection with every facet call behind the guard. This is all the rest of the hub ever holds. */
import type {
  CallControl,
  CallControlVerb,
  Change,
  Deadline,
  Facets,
  Match,
  ObjectDescription,
  Outcome,
  Page,
  ProbeReport,
  RemoteRecord,
} from '#core/contract/connector.ts';
import type { AgentState, CallSnapshot, SwitchEvent } from '#core/contract/call-events.ts';
import { HubError } from '#core/contract/errors.ts';
import type { JsonValue } from '#core/contract/json.ts';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import type { AnySession } from './connectors.ts';
import type { Guard, GuardedCall } from './guard.ts';

export interface GuardedSession {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly facets: Facets;
  readonly records: GuardedRecords | null;
  readonly callerLookup: { byNumber(number: PhoneNumber, deadline: Deadline): Promise<readonly Match[]> } | null;
  /** Resolves with the reason when the link breaks by itself. */
  readonly lost: Promise<HubError>;
  probe(): Promise<ProbeReport>;
  /** Not under a deadline: it lives as long as the link. */
  listen(push: (events: readonly SwitchEvent[]) => Promise<void>): Promise<void>;
  snapshot(): Promise<readonly CallSnapshot[]>;
  /** Throws `facet.unsupported` with a sentence when the switch has no such verb. */
  control<V extends CallControlVerb>(verb: V, ...args: Parameters<CallControl[V]>): Promise<JsonValue>;
  setAgentState(agent: string, state: AgentState, options?: { queue?: string; reason?: string }): Promise<void>;
  close(): Promise<void>;
}

export interface GuardedRecords {
  readonly limits: { readonly batchSize: number };
  describe(object: string): Promise<ObjectDescription>;
  pull(object: string, cursor: JsonValue | null): Promise<Page>;
  read(object: string, ids: readonly string[]): Promise<readonly RemoteRecord[]>;
  findByKey(object: string, key: string): Promise<RemoteRecord | null>;
  /** A deadline that passes throws `write.inDoubt`: look the keys up before writing again. */
  push(object: string, batch: readonly Change[]): Promise<readonly Outcome[]>;
}

export interface SessionIdentity {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly facets: Facets;
}

const command = { deadlineMs: 10_000, priority: 'interactive', metered: false } as const;
const bulk = { deadlineMs: 60_000, priority: 'bulk', metered: true } as const;
const probing: GuardedCall = { name: 'probe', deadlineMs: 20_000, priority: 'interactive', metered: false };
const snapshotting: GuardedCall = { ...command, name: 'callEvents.snapshot', deadlineMs: 30_000 };

export function guardSession(identity: SessionIdentity, session: AnySession, guard: Guard): GuardedSession {
  const { facets, connectionName } = identity;
  const lacks = (what: string) => unsupported(connectionName, what);
  return {
    ...identity,
    lost: session.lost.then(guard.lossOf, guard.lossOf),
    records: session.records === undefined ? null : guardRecords(session.records, guard),
    callerLookup: session.callerLookup === undefined ? null : guardLookup(session.callerLookup, guard),
    probe: () => guard.run(probing, () => session.probe()),
    close: () => session.close(),
    listen: (push) => session.callEvents?.listen(push) ?? Promise.resolve(),
    snapshot: async () => {
      const { callEvents } = session;
      if (callEvents === undefined || facets.callEvents?.snapshot !== true) return [];
      return guard.run(snapshotting, () => callEvents.snapshot());
    },
    control: async (verb, ...args) => {
      const control = session.callControl;
      if (control?.[verb] === undefined || facets.callControl?.verbs.includes(verb) !== true) {
        throw lacks(`"${verb}"${offered(facets)}`);
      }
      const execute = control[verb].bind(control) as (...args: unknown[]) => Promise<JsonValue | undefined>;
      return (await guard.run({ ...command, name: `callControl.${verb}` }, () => execute(...args))) ?? null;
    },
    setAgentState: async (agent, state, options) => {
      const { agentState } = session;
      if (agentState === undefined || facets.agentState?.states.includes(state) !== true) {
        throw lacks(`the agent state "${state}"`);
      }
      await guard.run({ ...command, name: 'agentState.set' }, () => agentState.set(agent, state, options));
    },
  };
}

function guardRecords(records: NonNullable<AnySession['records']>, guard: Guard): GuardedRecords {
  return {
    limits: records.limits,
    describe: (object) =>
      guard.run({ ...bulk, name: 'records.describe', priority: 'interactive' }, () => records.describe(object)),
    pull: (object, cursor) => guard.run({ ...bulk, name: 'records.pull' }, () => records.pull(object, cursor)),
    read: (object, ids) => guard.run({ ...bulk, name: 'records.read' }, () => records.read(object, ids)),
    findByKey: (object, key) => guard.run({ ...bulk, name: 'records.findByKey' }, () => records.findByKey(object, key)),
    push: (object, batch) =>
      guard.run({ ...bulk, name: 'records.push', isWrite: true }, async () => {
        const outcomes = await records.push(object, batch);
        if (outcomes.length === batch.length) return outcomes;
        throw new HubError(
          'bug',
          `The connector answered ${outcomes.length} outcomes for ${batch.length} changes of ${object}.`,
        );
      }),
  };
}

function guardLookup(
  lookup: NonNullable<AnySession['callerLookup']>,
  guard: Guard,
): NonNullable<GuardedSession['callerLookup']> {
  return {
    byNumber: (number, deadline) =>
      guard.run(
        { name: 'callerLookup.byNumber', deadlineMs: lookupDeadlineMs, priority: 'interactive', metered: true },
        (overdue) =>
          lookup.byNumber(number, { atMs: deadline.atMs, signal: AbortSignal.any([overdue, deadline.signal]) }),
      ),
  };
}

/** A look-up that missed its pop is still worth indexing; after this long it is given up. */
const lookupDeadlineMs = 30_000;

function unsupported(connectionName: string, what: string): HubError {
  return new HubError('facet.unsupported', `"${connectionName}" does not support ${what}.`);
}

function offered(facets: Facets): string {
  const verbs = facets.callControl?.verbs ?? [];
  return verbs.length === 0 ? ': it has no call control' : `; it supports ${verbs.join(', ')}`;
}
