import { PhoneOutlined } from '@ant-design/icons';
import { App, Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { randomId } from '../../api/random-id.ts';
import { useMakeCall, useRefusal } from '../../desk-session/use-desk-actions.ts';

/** Click-to-dial: one id per intent, so a double click or a lost answer never rings twice. */
export function useDial(connectionId: string | null) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const refuse = useRefusal();
  const make = useMakeCall();
  const intent = useRef({ number: '', requestId: '' });
  const dial = (number: string, onDone?: () => void) => {
    if (intent.current.number !== number) intent.current = { number, requestId: randomId() };
    const body = { number, requestId: intent.current.requestId, ...(connectionId === null ? {} : { connectionId }) };
    make.mutate(
      { body },
      {
        onError: refuse,
        onSuccess: ({ dialled }) => {
          intent.current = { number: '', requestId: '' };
          void message.success(t('desk.dial.ringing', { number: dialled }));
          onDone?.();
        },
      },
    );
  };
  return { dial, isDialling: make.isPending };
}

export function DialField({ connectionId }: { readonly connectionId: string | null }) {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const { dial, isDialling } = useDial(connectionId);
  const isEmpty = number.trim() === '';
  return (
    <section className="panel" aria-label={t('desk.dial.label')}>
      <form
        className="dial"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isEmpty) dial(number.trim(), () => setNumber(''));
        }}
      >
        <label htmlFor="dial-number">{t('desk.dial.label')}</label>
        <span className="dial-row">
          <Input
            id="dial-number"
            type="tel"
            autoComplete="off"
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
          <Button type="primary" htmlType="submit" icon={<PhoneOutlined />} loading={isDialling} disabled={isEmpty}>
            {t('desk.dial.call')}
          </Button>
        </span>
      </form>
    </section>
  );
}
