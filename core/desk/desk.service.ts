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
import { CallersService } from './callers.service.ts';
import { DeskEventsStore, type DeskAppend } from './desk-events.store.ts';
import { makePop, upgradePop } from './pop.ts';
import { planPops } from './pop-plan.ts';
import { PopsStore } from './pops.store.ts';

interface Changes {
  readonly events: DeskAppend[];
  readonly pops: Pop[];
  readonly opened: { readonly interaction: Interaction }[];
}

const settingFreshMs = 5_000;

@Injectable()
export class DeskService {
  private readonly waiting = new Map<string, Interaction>();
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
    for (const { userId, cursor } of await this.events.append(events, pops)) {
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
    const known = await this.pops.ofInteractions(seated.map(({ interaction }) => interaction.id));
    const rules = await this.rules();
    const changes: Changes = { events: [], pops: [], opened: [] };
    await Promise.all(
      seated.map(({ interaction, users }) => {
        const own = known.filter((pop) => pop.interactionId === interaction.id);
        return this.collect({ interaction, users, own, rules, changes });
      }),
    );
    if (changes.events.length === 0) return;
    await this.append(changes.events, changes.pops);
    for (const { interaction } of changes.opened) this.upgradeLater(interaction);
  }

  /** Interactions that concern someone who sits at a phone, with those people by extension. */
  private async withUsers(
    batch: readonly Interaction[],
  ): Promise<{ interaction: Interaction; users: Map<string, string> }[]> {
    const seated = [];
    for (const interaction of batch) {
      const users = new Map<string, string>();
      for (const agent of agentsOf(interaction)) {
        const user = await this.phones.byAgent(interaction.connectionId, agent);
        if (user !== null) users.set(agent, user.id);
      }
      if (users.size > 0) seated.push({ interaction, users });
    }
    return seated;
  }

  private async collect(work: {
    interaction: Interaction;
    users: ReadonlyMap<string, string>;
    own: readonly Pop[];
    rules: readonly PopRule[];
    changes: Changes;
  }): Promise<void> {
    const { interaction, users, own, rules, changes } = work;
    const plan = planPops(interaction, own, rules);
    const audience = new Set([...users.values(), ...own.map(({ userId }) => userId)]);
    for (const userId of audience) changes.events.push({ userId, event: { type: 'call', interaction } });
    for (const { popId, reason } of plan.close) {
      const pop = own.find(({ id }) => id === popId);
      if (pop !== undefined) keep(changes, { ...pop, state: 'closed', closedReason: reason });
    }
    const due = plan.open.filter(({ agent }) => users.has(agent));
    if (due.length === 0) return;
    const caller = await this.callers.identify(interaction);
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
