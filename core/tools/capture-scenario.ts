/** One recorded scenario: its truth matched with the derived interactions and checked field by field. */
import type { SwitchEvent } from '#core/contract/call-events.ts';
import { checks } from './capture-checks.ts';
import type { Found } from './capture-compare.ts';
import { agentProblems } from './capture-agents.ts';
import { reasonNotChecked } from './capture-exceptions.ts';
import type { Truth, TruthCall } from './capture-truth.ts';
import type { Replayed } from './replay-engine.ts';

export interface ScenarioResult {
  readonly scenario: string;
  readonly calls: number;
  readonly checked: number;
  /** Field and why it cannot be derived. */
  readonly excepted: readonly string[];
  readonly problems: readonly string[];
}

/** Names, numbers of the capture itself, or comments: not facts about a call. */
const notFacts = new Set(['id', 'note', 'visible', 'hangupCauseFrom', 'hangupCauseNote', 'wireNumberNote']);

export function checkScenario(truth: Truth, replayed: Replayed): ScenarioResult {
  const open = new Set(replayed.calls);
  const problems: string[] = [];
  const excepted = new Set<string>();
  let checked = 0;
  for (const call of truth.calls) {
    const found = match(truth, call, { replayed, open });
    if (found === null) {
      const reason = reasonNotChecked(truth, call, '*');
      if (reason === null) problems.push(`${call.id}: no interaction`);
      else excepted.add(`${call.id}: ${reason}`);
      continue;
    }
    open.delete(found.call);
    if (found.interaction.open) problems.push(`${call.id}: left open`);
    for (const field of fieldsOf(call)) {
      const reason = reasonNotChecked(truth, call, field);
      const check = checks[field];
      if (reason !== null) excepted.add(`${field}: ${reason}`);
      else if (check === undefined) problems.push(`${call.id}.${field}: no check and no reason`);
      else {
        checked += 1;
        const problem = check(call, found);
        if (problem !== null) problems.push(`${call.id}.${field}: ${problem}`);
      }
    }
  }
  for (const extra of open)
    problems.push(`unexpected interaction ${extra.id} (${extra.caller?.number} -> ${extra.callee})`);
  const ofScenario = scenarioChecks(truth, replayed);
  return {
    scenario: truth.scenario,
    calls: truth.calls.length,
    checked: checked + ofScenario.checked,
    excepted: [...excepted],
    problems: [...problems, ...ofScenario.problems],
  };
}

function fieldsOf(call: TruthCall): string[] {
  const mayBeNone = new Set(['queue', 'recordingFile']);
  return Object.entries(call)
    .filter(
      ([field, expected]) =>
        !notFacts.has(field) && (mayBeNone.has(field) || (expected !== null && expected !== undefined)),
    )
    .map(([field]) => field);
}

function match(truth: Truth, call: TruthCall, from: { replayed: Replayed; open: ReadonlySet<unknown> }): Found | null {
  const { replayed, open } = from;
  const candidates = replayed.calls.flatMap((tracked, index) => (open.has(tracked) ? [index] : []));
  const byId = candidates.find(
    (index) => call.pbx?.linkedid && replayed.calls[index]?.callIds[0] === call.pbx.linkedid,
  );
  const byAction = candidates.find(
    (index) => call.actionId && replayed.interactions[index]?.correlation['actionId'] === call.actionId,
  );
  const index = byId ?? byAction ?? (call.pbx ? undefined : nearest(call, replayed, candidates));
  const interaction = index === undefined ? undefined : replayed.interactions[index];
  const tracked = index === undefined ? undefined : replayed.calls[index];
  if (interaction === undefined || tracked === undefined) return null;
  return {
    interaction,
    call: tracked,
    events: eventsOf(tracked.callIds, replayed.events),
    zeroMs: replayed.zeroMs,
    toleranceMs: truth.toleranceMs,
  };
}

/** Truth without the switch's ids: the same callee, and the nearest start. */
function nearest(call: TruthCall, replayed: Replayed, candidates: readonly number[]): number | undefined {
  const distance = (index: number) =>
    Math.abs((replayed.interactions[index]?.startMs ?? 0) - replayed.zeroMs - (call.startMs ?? 0));
  return candidates
    .filter((index) => replayed.interactions[index]?.callee === call.callee && distance(index) < 2000)
    .sort((a, b) => distance(a) - distance(b))[0];
}

function eventsOf(callIds: readonly string[], events: readonly SwitchEvent[]) {
  return events.flatMap((event) => (event.kind === 'call' && callIds.includes(event.callId) ? [event] : []));
}

function scenarioChecks(truth: Truth, replayed: Replayed): { checked: number; problems: string[] } {
  const problems: string[] = [];
  let checked = 0;
  if (truth.maxConcurrentCalls !== undefined) {
    checked += 1;
    const most = mostAtOnce(replayed);
    if (most !== truth.maxConcurrentCalls)
      problems.push(`maxConcurrentCalls: expected ${truth.maxConcurrentCalls}, found ${most}`);
  }
  if (truth.stateChanges !== undefined) {
    const agents = agentProblems(truth, replayed);
    checked += agents.checked;
    problems.push(...agents.problems);
  }
  return { checked, problems };
}

function mostAtOnce(replayed: Replayed): number {
  const edges = replayed.interactions.flatMap((one) => [
    { atMs: one.startMs, by: 1 },
    { atMs: one.endMs ?? Infinity, by: -1 },
  ]);
  edges.sort((a, b) => a.atMs - b.atMs || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const edge of edges) most = Math.max(most, (now += edge.by));
  return most;
}
