import type { Interaction } from '#core/contract/interaction.ts';
import { useTranslation } from 'react-i18next';
import { readableNumber } from './phone-text.ts';

/** Who called or was called, as far as the switch knows: its name for them, then the number. */
export function Caller({ interaction }: { readonly interaction: Interaction }) {
  const name = useCallerName(interaction);
  const number = interaction.direction === 'outbound' ? interaction.callee : interaction.caller.number;
  const shown = number === null ? '' : readableNumber(number);
  return (
    <span className="caller">
      <span className="caller-name">{name}</span>
      {shown !== '' && shown !== name && <span className="soft figures"> {shown}</span>}
    </span>
  );
}

export function useCallerName(interaction: Interaction): string {
  const { t } = useTranslation();
  if (interaction.direction === 'outbound') return readableNumber(interaction.callee ?? t('call.unknownNumber'));
  const { name, number, presentation } = interaction.caller;
  if (presentation === 'restricted') return t('call.withheld');
  if (name !== null && name !== '') return name;
  return number === null ? t('call.unknownNumber') : readableNumber(number);
}
