import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { defineStep, StepFault, type StepKind } from '../step.ts';
import { evaluator } from './evaluator.ts';
import { complaintAbout, maxExpression } from './expression.ts';
import { outcomes, settle } from './outcome.ts';
import { realmLimits } from './protocol.ts';

const expression = z
  .string()
  .min(1, { abort: true })
  .max(maxExpression, { abort: true })
  .superRefine((text, context) => {
    const complaint = complaintAbout(text);
    if (complaint !== null) context.addIssue({ code: 'custom', message: complaint });
  });

const jsonata = defineStep({
  name: 'jsonata',
  summary:
    'Asks a JSONata expression about the value, in a thread of its own within a budget; what it gives is declared. Slow.',
  args: z.strictObject({
    expression,
    gives: z.enum(outcomes).default('one'),
    /** Milliseconds for one value. */
    budgetMs: z.int().min(1).max(250).default(50),
    /** Nested evaluations; a function that calls itself takes about three of them each time. */
    depth: z.int().min(1).max(500).default(100),
  }),
  short: 'expression',
  input: 'any',
  output: 'any',
  gives: ({ gives }) => (gives === 'one' ? 'any' : gives),
  fidelity: 'lossy',
  examples: [
    { jsonata: 'lines[qty > 1].name' },
    { jsonata: { expression: '$sum(lines.(price * qty))', gives: 'number', budgetMs: 100, depth: 50 } },
  ],
  forward: ({ expression, gives, budgetMs, depth }) => {
    return (value) => {
      const input = jsonText(value);
      if (input instanceof StepFault) return input;
      return settle(evaluator.ask({ kind: 'run', expression, input, depth }, budgetMs), gives);
    };
  },
});

function jsonText(value: JsonValue): string | StepFault {
  try {
    const text = JSON.stringify(value);
    if (text.length <= realmLimits.text) return text;
    return new StepFault('jsonata.tooLarge', `has ${text.length} characters as JSON; the limit is ${realmLimits.text}`);
  } catch {
    return new StepFault('value.tooDeep', 'nests too deeply to be mapped');
  }
}

export const expertSteps: readonly StepKind[] = [jsonata];
