/** Changed interactions in, pops and desk events out. One flush at a time; what arrives meanwhile goes with the next. */
import { Inject, Injectable } from '@nestjs/common';
import type { DeskEvent, Pop } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { PopRule } from '#core/contract/pop-rule.ts';
import { Phones } from '#core/access/phones.service.ts';
import { BUS, type Bus } from '#core/platform/bus/bus.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { newId } from '#core/platform/ids.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { CallersService, type Caller } from './callers.service.ts';
import { DeskEventsStore, type DeskAppend } from './desk-events.store.ts';
import { makePop, upgradePop } from './pop.ts';
import { planPops } from './pop-plan.ts';
import { PopsStore } from './pops.store.ts';

interface Changes {
  readonly events: DeskAppend[];
  readonly pops: Pop[];
  readonly opened: { readonly interaction: Interaction }[];
  /** Decisions on their way into the database. */
  readonly stored: Promise<unknown>[];
}

/** An interaction that concerns someone who sits at a phone, with those people by extension. */
interface Seated {
  readonly interaction: Interaction;
  readonly users: Map<string, string>;
}

const settingFreshMs = 5_000;

@Injectable()
export class DeskService {
  private readonly waiting = new Map<string, Interaction>();
  /** Pops of the open calls this process decides about. */
  private readonly known = new Map<string, Map<string, Pop>>();
  private flushing: Promise<void> | undefined;
  private setting: { rules: readonly PopRule[]; atMs: number } | undefined;

  constructor(
    @Inject(Phones) private readonly phones: Phones,
    @Inject(PopsStore) private readonly pops: PopsStore,
    @Inject(DeskEventsStore) private readonly events: DeskEventsStore,
    @Inject(CallersService) private readonly callers: CallersService,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Resolves once this state of the interaction, or a newer one, has reached the desks. */
  async interactionChanged(interaction: Interaction): Promise<void> {
    const known = this.waiting.get(interaction.id);
    if (known === undefined || known.revision < interaction.revision) this.waiting.set(interaction.id, interaction);
    this.flushing ??= this.flushAll();
    await this.flushing;
  }

  /** Stores desk events (and the pops they change) and wakes the streams. */
  async append(events: readonly DeskAppend[], pops: readonly Pop[]): Promise<void> {
    const cursors = await this.events.append(events, pops);
    // The message comes back too late for a change that is decided right after this one.
    this.noteAppended(events.map(({ event }) => event));
    for (const { userId, cursor } of cursors) {
      const own = events.filter((appended) => appended.userId === userId).map(({ event }) => event);
      await this.bus.publish('desk.appended', { userId, cursor, events: own });
    }
  }

  private async flushAll(): Promise<void> {
    try {
      while (this.waiting.size > 0) {
        const batch = [...this.waiting.values()];
        this.waiting.clear();
        await this.flush(batch);
      }
    } finally {
      this.flushing = undefined;
    }
  }

  private async flush(batch: readonly Interaction[]): Promise<void> {
    const seated = await this.withUsers(batch);
    if (seated.length === 0) return;
    const rules = await this.rules();
    const early = this.askEarly(seated, rules);
    await this.recall(seated);
    const changes: Changes = { events: [], pops: [], opened: [], stored: [] };
    await Promise.all(
      seated.map(({ interaction, users }) => {
        const own = [...(this.known.get(interaction.id)?.values() ?? [])];
        const work = { interaction, users, own, rules, changes, early: early.get(interaction.id) };
        // One caller who cannot be looked up must not take the pops of the others along.
        return this.collect(work).catch((error: unknown) =>
          this.log.error(
            { err: error, interactionId: interaction.id },
            'A call did not pop; its next change tries again.',
          ),
        );
      }),
    );
    if (changes.events.length > 0) await this.append(changes.events, changes.pops);
    for (const { interaction } of seated) if (!interaction.open) this.known.delete(interaction.id);
    await Promise.all(changes.stored);
    for (const { interaction } of changes.opened) this.upgradeLater(interaction);
  }

  /** Who calls is asked while the pops of a call are still being looked up: a call first seen has none as a rule. */
  private askEarly(seated: readonly Seated[], rules: readonly PopRule[]): Map<string, Promise<Caller>> {
    const early = new Map<string, Promise<Caller>>();
    for (const { interaction } of seated) {
      if (this.known.has(interaction.id) || planPops(interaction, [], rules).open.length === 0) continue;
      const asked = this.callers.identifyNew(interaction);
      asked.catch(() => undefined);
      early.set(interaction.id, asked);
    }
    return early;
  }

  /** Pops of calls this process sees for the first time; afterwards they are kept in step by what is appended. */
  private async recall(seated: readonly Seated[]): Promise<void> {
    const unseen = seated.map(({ interaction }) => interaction.id).filter((id) => !this.known.has(id));
    if (unseen.length === 0) return;
    const pops = await this.pops.ofInteractions(unseen);
    for (const id of unseen) {
      const own = pops.filter((pop) => pop.interactionId === id);
      this.known.set(id, new Map(own.map((pop) => [pop.id, pop])));
    }
  }

  /** Pops change in other processes too: an agent acknowledges, the CRM answers. */
  noteAppended(events: readonly DeskEvent[]): void {
    for (const event of events) {
      if (event.type === 'pop') this.known.get(event.pop.interactionId)?.set(event.pop.id, event.pop);
    }
  }

  /** Calls of a link that is held elsewhere from now on end unseen: what is needed is read again. */
  forgetAll(): void {
    this.known.clear();
  }

  /** The interaction is no more on its own. */
  forget(interactionId: string): void {
    this.known.delete(interactionId);
  }

  /** Everyone whose phone has a part in the interaction. */
  async usersOf(interaction: Interaction): Promise<string[]> {
    const [seated] = await this.withUsers([interaction]);
    return [...(seated?.users.values() ?? [])];
  }

  /** Interactions that concern someone who sits at a phone, with those people by extension. */
  private async withUsers(batch: readonly Interaction[]): Promise<Seated[]> {
    const seated = [];
    for (const interaction of batch) {
      const users = new Map<string, string>();
      for (const agent of agentsOf(interaction)) {
        const user = await this.phones.byAgent(interaction.connectionId, agent);
        if (user !== null) users.set(agent, user.id);
      }
      const hasPops = (this.known.get(interaction.id)?.size ?? 0) > 0;
      // Who left the phone meanwhile still has a pop to be closed.
      if (users.size > 0 || hasPops) seated.push({ interaction, users });
    }
    return seated;
  }

  private async collect(work: {
    interaction: Interaction;
    users: ReadonlyMap<string, string>;
    own: readonly Pop[];
    rules: readonly PopRule[];
    changes: Changes;
    early: Promise<Caller> | undefined;
  }): Promise<void> {
    const { interaction, users, own, rules, changes } = work;
    const plan = planPops(interaction, own, rules);
    const audience = new Set([...users.values(), ...own.map(({ userId }) => userId)]);
    for (const userId of audience) changes.events.push({ userId, event: { type: 'call', interaction } });
    for (const { popId, reason } of plan.close) {
      const pop = own.find(({ id }) => id === popId);
      if (pop !== undefined) keep(changes, { ...pop, state: 'closed', closedReason: reason });
    }
    for (const pop of own) if (plan.settle.includes(pop.id)) keep(changes, { ...pop, state: 'acknowledged' });
    const isSeen = new Set(own.filter(({ state }) => state !== 'closed').map(({ userId }) => userId));
    const due = plan.open.filter(({ agent }) => users.has(agent) && !isSeen.has(users.get(agent) ?? ''));
    if (due.length === 0) return;
    const caller = await (work.early ?? this.callers.identify(interaction));
    changes.stored.push(caller.stored);
    for (const { agent, trigger } of due) {
      const fresh = { id: newId(), userId: users.get(agent) ?? '', agent, trigger, atMs: this.clock.now() };
      keep(changes, makePop(fresh, interaction, caller.identification, caller.number));
    }
    changes.opened.push({ interaction });
  }

  /** Second stage: the CRM is asked while the first pop already stands on the desk. */
  private upgradeLater(interaction: Interaction): void {
    this.upgrade(interaction).catch((error: unknown) =>
      this.log.warn({ err: error, interactionId: interaction.id }, 'A pop was not upgraded; its first stage stands.'),
    );
  }

  private async upgrade(interaction: Interaction): Promise<void> {
    const identification = await this.callers.askCrm(interaction);
    if (identification === null) return;
    const shown = (await this.pops.ofInteractions([interaction.id])).filter(({ state }) => state !== 'closed');
    const upgraded = shown.filter(({ stage }) => stage === 1).map((pop) => upgradePop(pop, identification));
    if (upgraded.length === 0) return;
    await this.append(upgraded.map(popEvent), upgraded);
  }

  private async rules(): Promise<readonly PopRule[]> {
    const nowMs = this.clock.now();
    if (this.setting === undefined || nowMs - this.setting.atMs > settingFreshMs) {
      this.setting = { rules: (await this.pops.setting('default')).popRules, atMs: nowMs };
    }
    return this.setting.rules;
  }
}

export function popEvent(pop: Pop): { userId: string; event: DeskEvent } {
  return { userId: pop.userId, event: { type: 'pop', pop } };
}

function keep(changes: Changes, pop: Pop): void {
  changes.pops.push(pop);
  changes.events.push(popEvent(pop));
}

function agentsOf(interaction: Interaction): Set<string> {
  const ofLegs = interaction.legs.flatMap((leg) => (leg.agent === null ? [] : [leg.agent]));
  return new Set([...interaction.ringing, ...interaction.agents, ...ofLegs]);
}
