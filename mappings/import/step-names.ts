import type { JsonPart, RestConnectionInput } from './rest-connection.ts';
import { conditionNames, namesIn, type UsedNames } from './template/names.ts';
import { parseCondition, parseTemplate } from './template/parse.ts';

type StepInput = RestConnectionInput['steps'][string];

/** The steps of a chain, in order; stops where it would come back. */
export function chainOf(steps: RestConnectionInput['steps'], first: string): readonly (readonly [string, StepInput])[] {
  const chain = new Map<string, StepInput>();
  for (let at: string | undefined = first; at !== undefined && !chain.has(at); at = steps[at]?.next) {
    const step: StepInput | undefined = steps[at];
    if (step === undefined) break;
    chain.set(at, step);
  }
  return [...chain];
}

/** Every name the templates of a step ask for. */
export function namesInStep(step: StepInput, into: UsedNames): UsedNames {
  const { query = [], headers = [], outputs = [] } = step;
  const texts: Texts = [step.url, ...outputs.map(({ value }) => value)];
  const conditions: Texts = [step.skipIf];
  for (const pair of [...query, ...headers]) addPair(pair, texts, conditions);
  bodyTexts(step.body, texts, conditions);
  const rules = [...(step.records ?? []), ...(step.extract ?? []).flatMap(({ where }) => where ?? [])];
  for (const rule of rules) texts.push(rule.value, rule.is === 'number' ? '{{ Number }}' : undefined);
  for (const text of present(texts)) namesIn(parseTemplate(text), into);
  for (const text of present(conditions)) conditionNames(parseCondition(text), into);
  return into;
}

function present(texts: Texts): string[] {
  return texts.filter((text) => text !== undefined);
}

type Texts = (string | undefined)[];
type PairInput = NonNullable<StepInput['query']>[number];

function addPair(pair: PairInput, texts: Texts, conditions: Texts): void {
  texts.push(pair.name, pair.value);
  conditions.push(pair.when);
}

function bodyTexts(body: StepInput['body'], texts: Texts, conditions: Texts): void {
  if (body?.kind === 'text') texts.push(body.text);
  if (body?.kind === 'json') jsonTexts(body.of, texts, conditions);
  if (body?.kind === 'form') for (const pair of body.pairs) addPair(pair, texts, conditions);
}

function jsonTexts(part: JsonPart, texts: Texts, conditions: Texts): void {
  texts.push(part.value);
  conditions.push(part.when);
  for (const each of [...(part.object ?? []), ...(part.array ?? [])]) jsonTexts(each, texts, conditions);
}

/** Names a step gives a value itself. */
export function namesGivenBy(step: StepInput): string[] {
  return [...(step.extract ?? []), ...(step.outputs ?? [])].map(({ name }) => name);
}
