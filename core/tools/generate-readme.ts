/** The configuration table of a connector's README, made from its schema. Pure. */
import { configFields, type ConfigField } from '#core/kit/config-schema.ts';
import type { z } from 'zod';

export const beginMark = '<!-- config: written by `npm run generate` -->';
export const endMark = '<!-- /config -->';

/** The README with its table renewed. Throws when the marks are missing: a connector without a table is not done. */
export function withConfigTable(readme: string, schema: z.ZodObject): string {
  const begin = readme.indexOf(beginMark);
  const end = readme.indexOf(endMark);
  if (begin < 0 || end < begin) throw new Error(`The README has no "${beginMark}" … "${endMark}".`);
  return `${readme.slice(0, begin + beginMark.length)}\n\n${configTable(schema)}\n${readme.slice(end)}`;
}

function configTable(schema: z.ZodObject): string {
  const rows = configFields(schema).map(rowText);
  return ['| field | title | default | what it is |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

function rowText(field: ConfigField): string {
  const unit = field.note?.unit === undefined ? '' : ` ${field.note.unit}`;
  const choices = field.type.includes(' | ') ? ` One of ${field.type.split(' | ').map(code).join(', ')}.` : '';
  const secret = field.note?.secret === true ? ' Kept encrypted, never shown again.' : '';
  const cells = [
    code(field.path),
    field.note?.title.en ?? '',
    defaultText(field) + unit,
    `${field.note?.help.en ?? ''}${choices}${secret}`,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

function defaultText(field: ConfigField): string {
  if (field.required) return '**required**';
  if (field.default === undefined || field.default === '') return 'none';
  return code(JSON.stringify(field.default));
}

const code = (text: string) => `\`${text}\``;
