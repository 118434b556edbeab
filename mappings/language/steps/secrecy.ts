import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineStep, onText, type StepKind } from '../step.ts';

const hash = defineStep({
  name: 'hash',
  summary: 'Gives the SHA-256 of a text in hex; with a salt, equal texts of two tenants differ.',
  args: z.strictObject({ salt: z.string().max(200).default('') }),
  short: 'salt',
  input: 'text',
  output: 'text',
  fidelity: 'lossy',
  examples: ['hash', { hash: 'salt' }],
  forward: ({ salt }) => onText((text) => createHash('sha256').update(salt).update(text).digest('hex')),
});

const mask = defineStep({
  name: 'mask',
  summary: 'Hides all but the last characters.',
  args: z.strictObject({ keep: z.int().min(0).max(100).default(4), with: z.string().min(1).max(4).default('•') }),
  short: 'keep',
  input: 'text',
  output: 'text',
  fidelity: 'lossy',
  examples: ['mask', { mask: 2 }],
  forward: (args) =>
    onText((text) => {
      const characters = Array.from(text);
      const hidden = Math.max(0, characters.length - args.keep);
      return args.with.repeat(Math.min(hidden, 64)) + characters.slice(hidden).join('');
    }),
});

export const secrecySteps: readonly StepKind[] = [hash, mask];
