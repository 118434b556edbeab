/**
 * Field builders for connector configs. Each returns a zod schema that carries, in its metadata, what the dashboard
 * form, the README table, the vault and the redaction need, so a config is written down once.
 *
 * A field is required unless `.default(…)` or `.optional()` is called on the result.
 */
import type { LocaleText } from '#core/contract/locale-text.ts';
import { z } from 'zod';

/** What people see of a field. Travels in JSON Schema under `x-field`; secrets are also `writeOnly`. */
export interface FieldNote {
  readonly title: LocaleText;
  /** A sentence: what it does and where to find the value. */
  readonly help: LocaleText;
  /** Kept in the vault, never sent back, replaced in logs and errors. */
  readonly secret?: boolean;
  /** Says where the other system is. Stored secrets are never sent to another address than they were entered for. */
  readonly address?: boolean;
  /** Shown behind the input: `s`, `ms`, `calls/s`. */
  readonly unit?: string;
  /** Position in the form; fields without it follow in the order of the schema. */
  readonly order?: number;
  /** Folded away under "advanced". */
  readonly advanced?: boolean;
  readonly placeholder?: string;
  /** Titles of the choices of a `choiceField`. */
  readonly choices?: Readonly<Record<string, LocaleText>>;
}

/** A config value ends up in protocol lines and headers: a line break in it would start a new one. */
const noControls = /^\P{Cc}*$/u;

const note = (field: FieldNote) => ({
  'x-field': field,
  ...(field.secret === true ? { writeOnly: true } : {}),
});

/** One line of text without control characters, so a value can never break out of a protocol line. Trimmed. */
export function textField(field: FieldNote, limits: { min?: number; max?: number } = {}) {
  return z
    .string()
    .trim()
    .min(limits.min ?? 1)
    .max(limits.max ?? 400)
    .regex(noControls, 'must not contain control characters')
    .meta(note(field));
}

/** A host name, IPv4 or IPv6 address; no scheme, no port, no path. */
export function hostField(field: FieldNote) {
  return z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?\.?|\[?[0-9A-Fa-f:.]+(?:%[A-Za-z0-9]+)?\]?)$/u, {
      message: 'must be a host name or IP address, without http:// and without port',
    })
    .meta({ ...note({ ...field, address: true }), examples: [field.placeholder ?? 'pbx.example.com'] });
}

/** A TCP or UDP port. */
export function portField(field: FieldNote) {
  return z.int().min(1).max(65_535).meta(note(field));
}

/** A password, token or key. One line, not trimmed, never shown again. */
export function secretField(field: FieldNote) {
  return z
    .string()
    .min(1)
    .max(4000)
    .regex(noControls, 'must not contain control characters')
    .meta(note({ ...field, secret: true }));
}

/** An absolute http or https address without user, password or fragment. Returned without trailing slash. */
export function httpUrlField(field: FieldNote) {
  return z
    .string()
    .trim()
    .max(2000)
    .refine(isHttpUrl, { message: 'must be an http:// or https:// address without user name, password or #fragment' })
    .overwrite((url) => url.replace(/\/+$/u, ''))
    .meta(note({ ...field, address: true }));
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/u.test(url.protocol) && url.username === '' && url.password === '' && url.hash === '';
}

/** Several one-line texts; an empty list is allowed. */
export function listField(field: FieldNote, limits: { maxItems?: number } = {}) {
  const item = z.string().trim().min(1).max(400).regex(noControls, 'must not contain control characters');
  return z
    .array(item)
    .max(limits.maxItems ?? 200)
    .meta(note(field));
}

/** One-line text to one-line text, like extension to device. */
export function mapField(field: FieldNote) {
  const line = z.string().max(400).regex(noControls, 'must not contain control characters');
  return z.record(line.min(1), line).meta(note(field));
}

/** One of a closed list; `field.choices` gives each its title. */
export function choiceField<const T extends readonly [string, ...string[]]>(field: FieldNote, values: T) {
  return z.enum(values).meta(note(field));
}

/** A switch. */
export function booleanField(field: FieldNote) {
  return z.boolean().meta(note(field));
}

/** A duration in seconds; fractions allowed. */
export function secondsField(field: FieldNote, limits: { min: number; max: number }) {
  return z
    .number()
    .min(limits.min)
    .max(limits.max)
    .meta(note({ unit: 's', ...field }));
}

/** A whole number. */
export function integerField(field: FieldNote, limits: { min: number; max: number }) {
  return z.int().min(limits.min).max(limits.max).meta(note(field));
}

/** A number with fractions. */
export function numberField(field: FieldNote, limits: { min: number; max: number }) {
  return z.number().min(limits.min).max(limits.max).meta(note(field));
}
