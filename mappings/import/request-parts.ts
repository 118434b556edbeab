import { parseCondition, parseTemplate } from './template/parse.ts';
import { evaluateCondition, renderTemplate, type Values } from './template/render.ts';

export interface Pair {
  readonly name: string;
  readonly value: string;
  readonly when?: string | undefined;
}

export interface RenderFault {
  readonly code: 'url.invalid' | 'url.address' | 'url.path' | 'header.name';
  readonly message: string;
}

export function applies(pair: { readonly when?: string | undefined }, values: Values): boolean {
  return pair.when === undefined || evaluateCondition(parseCondition(pair.when), values);
}

export function renderPlain(template: string, values: Values): string {
  return renderTemplate(parseTemplate(template), values, (text) => text);
}

/** Pairs that apply, with their texts filled in. */
export function renderPairs(pairs: readonly Pair[], values: Values): [name: string, value: string][] {
  return pairs
    .filter((pair) => applies(pair, values))
    .map(({ name, value }) => [renderPlain(name, values), renderPlain(value, values)]);
}
