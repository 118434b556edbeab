/** What a list of pop rules means: the first rule that fits a call decides. */
import type { PopRule } from '#core/contract/pop-rule.ts';

const covers = (wide: PopRule, narrow: PopRule): boolean =>
  (wide.direction === undefined || wide.direction === narrow.direction) &&
  (wide.queue === undefined || wide.queue === narrow.queue);

/** The rule above that fits every call this one fits, so that this one never decides; -1 when there is none. */
export function ruleInTheWay(rules: readonly PopRule[], index: number): number {
  const rule = rules[index];
  return rule === undefined ? -1 : rules.slice(0, index).findIndex((above) => covers(above, rule));
}

/** A new rule goes above the first one that would leave it without calls, else to the end. */
export function withRule(rules: readonly PopRule[], rule: PopRule): PopRule[] {
  const wider = rules.findIndex((held) => covers(held, rule));
  return rules.toSpliced(wider === -1 ? rules.length : wider, 0, rule);
}

/** Without a direction or a queue a rule fits all of them; an empty text is no queue. */
export function popRuleOf(parts: {
  readonly direction: NonNullable<PopRule['direction']> | 'any';
  readonly queue: string;
  readonly trigger: PopRule['trigger'];
}): PopRule {
  const queue = parts.queue.trim();
  return {
    ...(parts.direction === 'any' ? {} : { direction: parts.direction }),
    ...(queue === '' ? {} : { queue }),
    trigger: parts.trigger,
  };
}
