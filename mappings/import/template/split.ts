import { textPart, type Template } from './ast.ts';
import { printTemplate } from './print.ts';

/** User and password of a text that joins them. */
export function splitAtColon(template: Template): { username: string; password: string } | null {
  for (const [index, part] of template.entries()) {
    const at = part.kind === 'text' ? part.text.indexOf(':') : -1;
    if (part.kind !== 'text' || at === -1) continue;
    const before = [...template.slice(0, index), textPart(part.text.slice(0, at))];
    const after = [textPart(part.text.slice(at + 1)), ...template.slice(index + 1)];
    return { username: printTemplate(before), password: printTemplate(after) };
  }
  return null;
}
