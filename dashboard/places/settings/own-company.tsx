import { useTranslation } from 'react-i18next';
import { Field } from '../../pieces/policy-form/field.tsx';
import { WordList } from '../../pieces/policy-form/word-list.tsx';
import type { MatchPartProps } from './match-policy-form.tsx';

const parts = [
  { name: 'numbers', most: 500, longest: 40 },
  { name: 'domains', most: 100, longest: 253 },
  { name: 'accountIds', most: 100, longest: 80 },
] as const;

/** What belongs to the firm itself and is therefore never the customer. */
export function OwnCompany({ policy, faultAt, onChange }: MatchPartProps) {
  const { t } = useTranslation();
  return (
    <section className="panel policy-panel" aria-labelledby="own-company">
      <h2 id="own-company">{t('settings.match.own')}</h2>
      <p className="soft">{t('settings.match.ownText')}</p>
      {parts.map(({ name, most, longest }) => (
        <Field
          key={name}
          label={t(`settings.match.ownPart.${name}`)}
          help={t(`settings.match.ownHelp.${name}`)}
          fault={faultAt(`ownCompany.${name}`)}
        >
          {(ids) => (
            <WordList
              ids={ids}
              words={policy.ownCompany[name]}
              most={most}
              longest={longest}
              onChange={(words) =>
                onChange?.({ ownCompany: { ...policy.ownCompany, [name]: words } }, `ownCompany.${name}`)
              }
            />
          )}
        </Field>
      ))}
    </section>
  );
}
