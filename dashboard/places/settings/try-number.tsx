import { lookUpContacts } from '#core/contract/api/directory.ts';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { Field } from '../../pieces/policy-form/field.tsx';
import { readableNumber } from '../../pieces/phone-text.ts';
import { QueryStates } from '../../pieces/states.tsx';

interface Props {
  /** Something is changed and not saved yet: the hub still answers by what is stored. */
  readonly isBehind: boolean;
}

/** Whom the stored settings find for a number. */
export function TryNumber({ isBehind }: Props) {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const [asked, setAsked] = useState('');
  return (
    <section className="panel policy-panel" aria-labelledby="try-number">
      <h2 id="try-number">{t('settings.try.title')}</h2>
      <p className="soft">{t(isBehind ? 'settings.try.behind' : 'settings.try.text')}</p>
      <Form layout="vertical" name="try-number" onFinish={() => setAsked(number.trim())}>
        <Field label={t('settings.try.number')} help={t('settings.try.help')}>
          {(ids) => (
            <Input
              {...ids}
              type="tel"
              autoComplete="off"
              maxLength={60}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          )}
        </Field>
        <Button htmlType="submit" disabled={number.trim() === ''}>
          {t('settings.try.ask')}
        </Button>
      </Form>
      {asked !== '' && <Found key={asked} number={asked} />}
    </section>
  );
}

function Found({ number }: { readonly number: string }) {
  const { t } = useTranslation();
  const found = useRoute(lookUpContacts, { query: { number } });
  return (
    <output className="block try-result">
      <QueryStates
        query={found}
        skeletonRows={1}
        isEmpty={({ contacts }) => contacts.length === 0}
        empty={<p>{t('settings.try.none', { number })}</p>}
      >
        {({ contacts }) => (
          <>
            <p>{t('settings.try.found', { number, count: contacts.length })}</p>
            <ul className="lines">
              {contacts.map((contact) => (
                <li key={contact.id}>
                  <span className="line-middle">
                    {contact.displayName}
                    {contact.company !== '' && <span className="soft"> · {contact.company}</span>}
                  </span>
                  <span className="figures">{readableNumber(contact.phoneWork || contact.phoneMobile)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </QueryStates>
    </output>
  );
}
