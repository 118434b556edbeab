import type { Findings, Place } from '../findings.ts';
import { known3cxVariables } from './variables.ts';

/** A setting as the templates use it; `isTemplate` is set once its text turns out to be read as an expression. */
export interface Setting {
  readonly name: string;
  readonly type: string;
  isTemplate: boolean;
}

/** What the expressions of one import may name. */
export class Scope {
  readonly settings = new Map<string, Setting>();
  /** Names that some step gives a value. */
  readonly variables = new Set<string>();
  /** Names from the exchange that were used: what the hub has to know when it runs the operation. */
  readonly used = new Set<string>();
  readonly findings: Findings;

  constructor(findings: Findings) {
    this.findings = findings;
  }

  setting(name: string): Setting | null {
    return this.settings.get(name) ?? null;
  }

  isKnown(name: string): boolean {
    return this.variables.has(name) || known3cxVariables.has(name);
  }
}

/** Where a text stands decides what of it is still needed. */
export interface Spot {
  readonly scope: Scope;
  readonly place: Place;
  readonly use: 'url' | 'text' | 'condition';
  /** Rounds of substitution asked for; two or more read a setting's text as an expression. */
  readonly passes: number;
}
