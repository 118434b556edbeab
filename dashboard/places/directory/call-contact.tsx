import { PhoneOutlined } from '@ant-design/icons';
import { makeCall } from '#core/contract/api/desk.ts';
import { App, Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { randomId } from '../../api/random-id.ts';
import { useRouteMutation } from '../../api/use-route.ts';
import { useRefusal } from '../../desk-session/use-desk-actions.ts';
import { useCan, useMe } from '../../frame/me.tsx';
import { readableNumber } from '../../pieces/phone-text.ts';

interface Props {
  readonly number: string;
  readonly contactId: string;
}

/** Offered to those who sit at a phone. The record goes along, so the call is matched without a search. */
export function CallContact({ number, contactId }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { user } = useMe();
  const canCall = useCan('calls.control');
  const refuse = useRefusal();
  const make = useRouteMutation(makeCall);
  const requestId = useRef(randomId());
  if (!canCall || user.extension === null) return null;
  const dial = () =>
    make.mutate(
      { body: { number, contactId, requestId: requestId.current } },
      {
        onError: refuse,
        onSuccess: ({ dialled }) => {
          requestId.current = randomId();
          void message.success(t('desk.dial.ringing', { number: dialled }));
        },
      },
    );
  return (
    <Button
      size="small"
      icon={<PhoneOutlined />}
      loading={make.isPending}
      aria-label={t('desk.missed.callBack', { name: readableNumber(number) })}
      onClick={dial}
    />
  );
}
