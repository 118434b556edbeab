import { z } from 'zod';
import { defineStep, onText, type StepKind } from '../step.ts';

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** CRM note fields hold HTML. What a caller can write (a name, a note) must arrive there as text, never as markup. */
const html = defineStep({
  name: 'html',
  summary: 'Reads plain text out of simple HTML; on the way back text is escaped and its lines are kept with <br>.',
  args: z.strictObject({
    /** Characters the record's field holds, markup included; the text is cut before it is escaped. */
    maxLength: z.int().min(10).max(1_000_000).optional(),
  }),
  input: 'text',
  output: 'text',
  fidelity: ({ maxLength }) => (maxLength === undefined ? 'normalising' : 'coarse'),
  examples: ['html', { html: { maxLength: 40 } }],
  forward: () => onText(textOfHtml),
  backward: ({ maxLength = Infinity }) =>
    onText((text, notes) => {
      const whole = htmlOfText(text);
      if (whole.length <= maxLength) return whole;
      notes.note('truncated', `${whole.length} characters of HTML cut to ${maxLength}`);
      return htmlWithin(text, maxLength);
    }),
});

export function textOfHtml(text: string): string {
  return text
    .replaceAll(/\r?\n/g, '\n')
    .replaceAll(/<br ?\/?>|<\/p>|<\/div>|<\/li>/gi, '\n')
    .replaceAll(/<[/!a-z][^<>]{0,2000}>/gi, '')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '');
}

export function htmlOfText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/\r?\n/g, '<br>');
}

/** As much of the text as fits, an ellipsis at its end; never half a character, an escape or a tag. */
function htmlWithin(text: string, maxLength: number): string {
  let kept = '';
  for (const character of text.replaceAll('\r\n', '\n')) {
    const next = kept + htmlOfText(character);
    if (next.length >= maxLength) break;
    kept = next;
  }
  return `${kept}…`;
}

export const markupSteps: readonly StepKind[] = [html];
