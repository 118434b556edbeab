import { defineStep, noArguments, onText, type StepKind } from '../step.ts';

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** CRM note fields hold HTML. What a caller can write (a name, a note) must arrive there as text, never as markup. */
const html = defineStep({
  name: 'html',
  summary: 'Reads plain text out of simple HTML; on the way back text is escaped and its lines are kept with <br>.',
  args: noArguments,
  input: 'text',
  output: 'text',
  fidelity: 'normalising',
  forward: () => onText(textOfHtml),
  backward: () => onText(htmlOfText),
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

export const markupSteps: readonly StepKind[] = [html];
