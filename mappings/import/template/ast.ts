/** The template language as data. Its written form is described in `mappings/import/README.md`. */

/** What a variable or setting holds. Lists and objects never reach a template. */
export type Scalar = string | number | boolean | null;

export type Operand =
  | { readonly kind: 'literal'; readonly value: Scalar }
  /** `config`: a setting of the connection; `value`: what is known of this call, contact or answer. */
  | { readonly kind: 'name'; readonly scope: 'config' | 'value'; readonly name: string }
  | { readonly kind: 'filter'; readonly name: string; readonly input: Operand; readonly args: readonly Operand[] };

export type Comparison = '==' | '!=' | '<' | '>' | '<=' | '>=';

export type Condition =
  | { readonly kind: 'truth'; readonly of: Operand }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] };

export interface Branch {
  readonly when: Condition;
  readonly gives: Template;
}
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'put'; readonly of: Operand }
  | { readonly kind: 'choose'; readonly branches: readonly Branch[]; readonly otherwise: Template };
export type Template = readonly Part[];

export function textPart(text: string): Part {
  return { kind: 'text', text };
}

export function literal(value: Scalar): Operand {
  return { kind: 'literal', value };
}

/** Joins neighbouring texts, so that a template has one spelling. */
export function joined(parts: readonly Part[]): Template {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === 'text' && part.text === '') continue;
    if (part.kind === 'text' && last?.kind === 'text') result[result.length - 1] = textPart(last.text + part.text);
    else result.push(part);
  }
  return result;
}
