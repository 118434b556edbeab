import { ForwardOutlined, PauseOutlined, PhoneFilled, PlayCircleOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import type { Interaction } from '#core/contract/interaction.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCallCommand, useRefusal } from '../../desk-session/use-desk-actions.ts';

interface Props {
  readonly interaction: Interaction;
  /** Call commands this switch knows; the others are not offered. */
  readonly verbs: readonly string[];
}

export function CallControls({ interaction, verbs }: Props) {
  const { t } = useTranslation();
  const [isTransferring, setTransferring] = useState(false);
  const refuse = useRefusal();
  const command = useCallCommand();
  const params = { interactionId: interaction.id };
  const give = (verb: 'clear' | 'hold' | 'retrieve' | 'park') =>
    command.mutate({ params, body: { verb } }, { onError: refuse });
  const can = (verb: string) => verbs.includes(verb);
  const isHeld = interaction.phase === 'held';
  if (verbs.length === 0) return null;

  return (
    <fieldset className="controls" aria-label={t('desk.controls.label')}>
      {can('clear') && (
        <Button danger icon={<PhoneFilled rotate={135} />} onClick={() => give('clear')} disabled={command.isPending}>
          {t('desk.controls.clear')}
        </Button>
      )}
      {can('hold') && !isHeld && (
        <Button icon={<PauseOutlined />} onClick={() => give('hold')} disabled={command.isPending}>
          {t('desk.controls.hold')}
        </Button>
      )}
      {can('retrieve') && isHeld && (
        <Button icon={<PlayCircleOutlined />} onClick={() => give('retrieve')} disabled={command.isPending}>
          {t('desk.controls.retrieve')}
        </Button>
      )}
      {(can('transfer') || can('attendedTransfer')) && (
        <Button
          icon={<ForwardOutlined />}
          aria-expanded={isTransferring}
          onClick={() => setTransferring(!isTransferring)}
        >
          {t('desk.controls.transfer')}
        </Button>
      )}
      {can('park') && (
        <Button icon={<StopOutlined />} onClick={() => give('park')} disabled={command.isPending}>
          {t('desk.controls.park')}
        </Button>
      )}
      {isTransferring && (
        <TransferForm interactionId={interaction.id} verbs={verbs} onDone={() => setTransferring(false)} />
      )}
    </fieldset>
  );
}

interface TransferProps {
  readonly interactionId: string;
  readonly verbs: readonly string[];
  readonly onDone: () => void;
}

function TransferForm({ interactionId, verbs, onDone }: TransferProps) {
  const { t } = useTranslation();
  const [destination, setDestination] = useState('');
  const refuse = useRefusal();
  const command = useCallCommand();
  const give = (verb: 'transfer' | 'attendedTransfer') =>
    command.mutate(
      { params: { interactionId }, body: { verb, destination: destination.trim() } },
      { onSuccess: onDone, onError: refuse },
    );
  const first = verbs.includes('transfer') ? 'transfer' : 'attendedTransfer';
  const isEmpty = destination.trim() === '';
  return (
    <form
      className="transfer"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) give(first);
      }}
    >
      <label htmlFor={`to-${interactionId}`}>{t('desk.controls.destination')}</label>
      <Input
        id={`to-${interactionId}`}
        type="tel"
        autoComplete="off"
        value={destination}
        onChange={(event) => setDestination(event.target.value)}
      />
      <span className="transfer-actions">
        {verbs.includes('transfer') && (
          <Button type="primary" disabled={isEmpty} loading={command.isPending} onClick={() => give('transfer')}>
            {t('desk.controls.transferBlind')}
          </Button>
        )}
        {verbs.includes('attendedTransfer') && (
          <Button disabled={isEmpty} loading={command.isPending} onClick={() => give('attendedTransfer')}>
            {t('desk.controls.transferAttended')}
          </Button>
        )}
      </span>
    </form>
  );
}
