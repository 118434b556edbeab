import { counted } from '../findings.ts';
import { literal, type Operand } from '../template/ast.ts';
import { TranslationFault } from '../translation-fault.ts';
import { netDateFormat } from './net-format.ts';
import type { Spot } from './scope.ts';
import { isTime, zoneOf } from './variables.ts';

type Filtered = (input: Operand) => Operand;

interface Method {
  readonly args: readonly [least: number, most: number];
  readonly filter: string;
}

/** Methods of .NET strings and time spans that occur in templates, and the filters that do the same. */
const methods: Readonly<Record<string, Method>> = {
  replace: { args: [2, 2], filter: 'replace' },
  toupper: { args: [0, 0], filter: 'upper' },
  toupperinvariant: { args: [0, 0], filter: 'upper' },
  tolower: { args: [0, 0], filter: 'lower' },
  tolowerinvariant: { args: [0, 0], filter: 'lower' },
  trim: { args: [0, 0], filter: 'trim' },
  substring: { args: [1, 2], filter: 'slice' },
  padleft: { args: [1, 2], filter: 'padStart' },
  padright: { args: [1, 2], filter: 'padEnd' },
  contains: { args: [1, 1], filter: 'contains' },
  startswith: { args: [1, 1], filter: 'startsWith' },
  endswith: { args: [1, 1], filter: 'endsWith' },
  get_length: { args: [0, 0], filter: 'length' },
  get_totalseconds: { args: [0, 0], filter: 'seconds' },
  get_totalminutes: { args: [0, 0], filter: 'minutes' },
  totalseconds: { args: [0, 0], filter: 'seconds' },
};
const numericArguments = new Set(['slice', 'padStart', 'padEnd']);

/** The method as a filter. Throws `TranslationFault` when there is none. */
export function methodFilter(name: string, args: readonly Operand[], spot: Spot): Filtered {
  const key = name.toLowerCase();
  if (key === 'tostring') return spelling(args, spot);
  const method = Object.hasOwn(methods, key) ? methods[key] : undefined;
  if (method === undefined || args.length < method.args[0] || args.length > method.args[1]) {
    const why = `The hub has no counterpart of .${name}() with ${counted(args.length, 'argument')}.`;
    throw new TranslationFault('expression.function', why, 'Write it with the filters of the template language.');
  }
  const { filter } = method;
  if (filter === 'replace' && spot.use === 'url' && isUrlEncoding(args)) return (input) => input;
  const given = numericArguments.has(filter) ? args.map(numeric) : args;
  return (input) => ({ kind: 'filter', name: filter, input, args: given });
}

/** `.Replace("+","%2B")` in an address: the hub encodes every value there, and must not encode it twice. */
function isUrlEncoding([from, to]: readonly Operand[]): boolean {
  if (from?.kind !== 'literal' || to?.kind !== 'literal') return false;
  return encodeURIComponent(String(from.value)).toLowerCase() === String(to.value).toLowerCase();
}

function numeric(operand: Operand): Operand {
  return operand.kind === 'literal' ? literal(Number(operand.value)) : operand;
}

function spelling([format, ...rest]: readonly Operand[], spot: Spot): Filtered {
  if (format === undefined) return (input) => input;
  if (format.kind !== 'literal' || rest.length > 0) {
    throw new TranslationFault(
      'expression.tooInvolved',
      'The format is worked out itself.',
      'Write the format as a text.',
    );
  }
  const text = String(format.value);
  return (input) => {
    const digits = /^(?:[FfNn](\d{1,2})|0(?:\.(0{1,10}))?)$/u.exec(text);
    if (digits !== null) {
      return { kind: 'filter', name: 'round', input, args: [literal(Number(digits[1] ?? digits[2]?.length ?? 0))] };
    }
    const source = rootName(input);
    if (source?.startsWith('Duration') === true) return { kind: 'filter', name: 'clock', input, args: [] };
    return dateSpelling(text, input, source, spot);
  };
}

function dateSpelling(text: string, input: Operand, source: string | null, { scope, place }: Spot): Operand {
  const format = netDateFormat(text);
  if (format === null) {
    const why = `The format "${text}" has letters the hub does not know.`;
    throw new TranslationFault('expression.format', why, 'Write the format in Luxon letters: {{ … | date: "…" }}.');
  }
  if (format.cultureBound) {
    scope.findings.changed('expression.format', place, {
      what: `.ToString("${text}")`,
      why: 'What it looks like depends on the language the exchange is set to.',
      mend: `It is now written as ${format.luxon}; change the format if the CRM wants another one.`,
    });
  }
  const zone = source !== null && isTime(source) ? zoneOf(source) : null;
  const args = [literal(format.luxon), ...(zone === null ? [] : [literal(zone)])];
  return { kind: 'filter', name: 'date', input, args };
}

function rootName(operand: Operand): string | null {
  if (operand.kind === 'name') return operand.name;
  return operand.kind === 'filter' ? rootName(operand.input) : null;
}
