import type { NumberRule } from '#core/contract/number-rule.ts';

/** A rule as the form holds it: every field a text, blank where the rule says nothing. */
export interface NumberRuleText {
  readonly defaultRegion: string;
  readonly areaCode: string;
  readonly outsidePrefixes: readonly string[];
  readonly extensionPatterns: readonly string[];
  readonly connectionId: string;
  readonly trunk: string;
  readonly did: string;
}

const blank: NumberRuleText = {
  defaultRegion: '',
  areaCode: '',
  outsidePrefixes: [],
  extensionPatterns: [],
  connectionId: '',
  trunk: '',
  did: '',
};

export function textOfRule(rule: NumberRule | null): NumberRuleText {
  const said = Object.entries(rule ?? {}).filter(([, value]) => value !== undefined);
  return { ...blank, ...Object.fromEntries(said) };
}

export function ruleOfText(text: NumberRuleText): NumberRule {
  const { outsidePrefixes, extensionPatterns } = text;
  const said = (['areaCode', 'connectionId', 'trunk', 'did'] as const).flatMap((name) => {
    const value = text[name].trim();
    return value === '' ? [] : [[name, value] as const];
  });
  return {
    defaultRegion: text.defaultRegion,
    ...Object.fromEntries(said),
    ...(outsidePrefixes.length === 0 ? {} : { outsidePrefixes: [...outsidePrefixes] }),
    ...(extensionPatterns.length === 0 ? {} : { extensionPatterns: [...extensionPatterns] }),
  };
}

export type NumberRuleFault = 'region' | 'areaCode' | 'outsidePrefixes' | 'extensionPatterns';

/** The fields whose text the hub would not take. */
export function faultsOfRule(text: NumberRuleText): NumberRuleFault[] {
  const checks: readonly (readonly [NumberRuleFault, boolean])[] = [
    ['region', text.defaultRegion !== ''],
    ['areaCode', text.areaCode.trim() === '' || /^\d{1,5}$/u.test(text.areaCode.trim())],
    ['outsidePrefixes', text.outsidePrefixes.every((prefix) => /^[0-9*#]{1,4}$/u.test(prefix))],
    ['extensionPatterns', text.extensionPatterns.every((pattern) => /^[0-9XZN*#]{1,12}\.?$/iu.test(pattern))],
  ];
  return checks.flatMap(([name, isRight]) => (isRight ? [] : [name]));
}
