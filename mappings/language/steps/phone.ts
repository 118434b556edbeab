import { z } from 'zod';
import { parseNumber } from '#core/kit/number-engine.ts';
import { displayNumber } from '#core/kit/number-format.ts';
import { defineStep, onText, StepFault, type Apply, type StepKind } from '../step.ts';

const spelling = z.enum(['e164', 'national', 'international', 'digits']);
type Spelling = z.output<typeof spelling>;

const phone = defineStep({
  name: 'phone',
  summary:
    'Reads a telephone number in any spelling; the connection’s region completes national ones. A withheld number becomes null.',
  args: z.strictObject({
    to: spelling.default('e164'),
    region: z
      .string()
      .regex(/^[A-Z]{2}$/, 'is a two-letter country such as CN')
      .optional(),
    extension: z.enum(['drop', 'keep']).default('drop'),
    /** What becomes of a text that is no public number: an internal extension, or a typing error. */
    otherwise: z.enum(['fault', 'keep']).default('fault'),
    /** The spelling of the way back. */
    written: spelling.default('e164'),
  }),
  short: 'to',
  input: 'text',
  output: 'text',
  fidelity: ({ to, extension }) =>
    to === 'e164' && extension === 'drop' ? 'normalising' : to === 'digits' ? 'lossy' : 'normalising',
  examples: [
    'phone',
    { phone: 'national' },
    { phone: { to: 'digits', otherwise: 'keep', region: 'CN' } },
    { phone: { extension: 'keep' } },
  ],
  forward: (args, around) => respell(args.to, args, args.region ?? around.region),
  backward: (args, around) => respell(args.written, args, args.region ?? around.region),
});

function respell(
  to: Spelling,
  args: { readonly extension: 'drop' | 'keep'; readonly otherwise: 'fault' | 'keep' },
  region: string,
): Apply {
  return onText((text, notes) => {
    const number = parseNumber(text, { defaultRegion: region });
    if (number.presentation === 'restricted') return null;
    if (number.e164 === null) {
      if (args.otherwise === 'keep')
        return number.presentation === 'unavailable' ? null : internal(number.extension, text);
      return new StepFault('phone.unreadable', 'is not a telephone number that can be dialled from outside');
    }
    const known = spelled(number.e164, to, region);
    if (number.extension === null) return known;
    if (args.extension === 'keep') return `${known};ext=${number.extension}`;
    notes.note('truncated', `the extension ${number.extension} is left out`);
    return known;
  });
}

/** An extension by its digits; a name (`sip:alice@pbx`) as it came, for the bare word would say nothing on its own. */
function internal(extension: string | null, text: string): string {
  return extension !== null && /[\d*#]/.test(extension) ? extension : text;
}

function spelled(e164: string, to: Spelling, region: string): string {
  if (to === 'e164') return e164;
  if (to === 'digits') return e164.slice(1);
  const plain = { raw: e164, e164, extension: null, presentation: 'allowed' } as const;
  return displayNumber(plain, to === 'national' ? region : null);
}

export const phoneSteps: readonly StepKind[] = [phone];
