import type { LossView } from '#core/contract/api/dictionaries.ts';
import { useWord } from './use-word.ts';

/** Why a value was not carried: in the reader's words where there are any, then as the hub tells it. */
export function LossReason({ code, reason }: Pick<LossView, 'code' | 'reason'>) {
  const word = useWord();
  const [family = '', name] = code.split('.');
  const title = word(name === undefined ? `loss.plain.${family}` : `loss.${family}.${name}`, '');
  if (title === '') return <span>{reason}</span>;
  return (
    <span>
      {title} <span className="soft">({reason})</span>
    </span>
  );
}
