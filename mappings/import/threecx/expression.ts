/**
 * 3CX expressions as data: `[Name]`, `[[Name].Method(…)]`, `[IIf(a==b,x,y)]`, `[[Setting]]` (what a setting's text says),
 * with `{{`, `}}` and `^^` for `[`, `]` and `"` (3cx.com, CRM template XML description, "Expressions").
 */
export type Expression =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string }
  /** Brackets around something already worked out: a further round of substitution. */
  | { readonly kind: 'again'; readonly of: Expression }
  | { readonly kind: 'joined'; readonly of: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'method'; readonly of: Expression; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'logic'; readonly operator: '&&' | '||'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression };

export class ExpressionFault extends Error {
  override readonly name = 'ExpressionFault';
}
