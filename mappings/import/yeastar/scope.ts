import type { Findings, Place } from '../findings.ts';
import type { Operand, Template } from '../template/ast.ts';
import { printTemplate } from '../template/print.ts';
import { safeName } from '../safe-name.ts';
import { TranslationFault } from '../translation-fault.ts';
import { callSources } from './call-facts.ts';
import { translateGo } from './go-template.ts';

/** What Yeastar knows besides: the caller, the search, a contact to be made, and what a journal says. */
const known = new Set([
  ...Object.keys(callSources),
  'Phone',
  'SearchValue',
  'DisplayName',
  'FirstName',
  'LastName',
  'BusinessNumber',
  'Email',
  'Company',
  'Subject',
  'Description',
  'TicketId',
]);

/** Settings and names of one import, and its way from Go templates to the hub's. */
export class GoScope {
  readonly settings = new Map<string, string>();
  readonly variables = new Set<string>();
  readonly findings: Findings;
  /** Of bodies whose request does not say. */
  contentType = 'application/json';

  constructor(findings: Findings) {
    this.findings = findings;
  }

  /** Null, with a finding, when the text has no counterpart. */
  template(text: string, place: Place, use: 'url' | 'text'): Template | null {
    try {
      return translateGo(text, { use, nameOf: (name) => this.nameOf(name, place) });
    } catch (thrown) {
      if (!(thrown instanceof TranslationFault)) throw thrown;
      this.findings.lost(thrown.code, place, { what: text, why: thrown.message, mend: thrown.mend });
      return null;
    }
  }

  text(text: string, place: Place, use: 'url' | 'text'): string | null {
    const template = this.template(text, place, use);
    return template === null ? null : printTemplate(template);
  }

  private nameOf(name: string, place: Place): Operand {
    const setting = this.settings.get(name);
    if (setting !== undefined) return { kind: 'name', scope: 'config', name: setting };
    const safe = safeName(name);
    if (safe === null || name.includes('.')) {
      throw new TranslationFault('variable.name', `".${name}" cannot be a name in the hub.`, 'Give it another name.');
    }
    if (!known.has(name) && !this.variables.has(name)) {
      this.findings.lost('expression.variable', place, {
        what: `{{.${name}}}`,
        why: 'Neither a field, an output nor the exchange gives it, so it is always empty.',
        mend: 'Check the spelling in the template.',
      });
    }
    return { kind: 'name', scope: 'value', name: safe };
  }
}
