import { CheckCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Pop } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { popNumber, usePopHeadline } from '../../desk-session/pop-words.ts';
import { useAcknowledge, useDismiss, useRefusal } from '../../desk-session/use-desk-actions.ts';
import { useShortcut } from '../../frame/shortcuts.ts';
import { Keys } from '../../pieces/keys.tsx';
import { MatchTrace } from '../../pieces/match-trace.tsx';
import { useReason } from '../../pieces/match-words.ts';
import { readableNumber } from '../../pieces/phone-text.ts';
import { Status } from '../../pieces/status.tsx';
import { RunningTime } from '../../pieces/times.tsx';
import { NewContact } from './new-contact.tsx';
import { PopChoices } from './pop-choices.tsx';
import { PopRecord } from './pop-record.tsx';

interface Props {
  readonly pop: Pop;
  readonly call: Interaction | undefined;
  /** Only the newest pop answers to the keyboard. */
  readonly hasKeys: boolean;
}

/** Who is calling and why we think so. Its second stage replaces the first in place; nothing here takes the focus. */
export function PopCard({ pop, call, hasKeys }: Props) {
  const { t } = useTranslation();
  const headline = usePopHeadline()(pop);
  const reasonOf = useReason();
  const number = popNumber(pop);
  return (
    <section className="pop" aria-label={t('desk.pop.label')}>
      <PopKicker pop={pop} call={call} />
      <div aria-live="assertive">
        <h2 className="pop-name">{headline}</h2>
        <p className="pop-reason">{reasonOf(pop)}</p>
      </div>
      {number !== null && number !== headline && <p className="pop-number figures">{number}</p>}
      <PopRoute call={call} headline={headline} />
      <PopAnswer pop={pop} hasKeys={hasKeys} />
      {pop.trace.length > 0 && (
        <details className="pop-trace">
          <summary>{t('desk.pop.why')}</summary>
          <MatchTrace trace={pop.trace} />
        </details>
      )}
    </section>
  );
}

function PopKicker({ pop, call }: Pick<Props, 'pop' | 'call'>) {
  const { t } = useTranslation();
  return (
    <p className="pop-kicker">
      <Status kind="phase" value={call?.phase ?? 'ringing'} />
      <RunningTime sinceMs={call?.answerMs ?? call?.ringStartMs ?? pop.atMs} />
      <span className="pop-stage soft">
        {pop.stage === 1 ? <LoadingOutlined aria-hidden /> : <CheckCircleOutlined aria-hidden />}{' '}
        {t(pop.stage === 1 ? 'desk.pop.asking' : 'desk.pop.asked')}
      </span>
    </p>
  );
}

/** What the phone system itself shows: its name for the caller, the queue, and the number that was dialled. */
function PopRoute({ call, headline }: { readonly call: Interaction | undefined; readonly headline: string }) {
  const { t } = useTranslation();
  if (call === undefined || call.direction === 'outbound') return null;
  const { caller, queue, callee } = call;
  const facts = [
    caller.name === null || caller.name === '' || caller.name === headline
      ? null
      : t('desk.pop.shownAs', { name: caller.name }),
    queue === null ? null : t('desk.pop.queue', { queue }),
    callee === null ? null : t('desk.pop.dialled', { number: readableNumber(callee) }),
  ].filter((fact) => fact !== null);
  return facts.length === 0 ? null : <p className="soft">{facts.join(' · ')}</p>;
}

/** Take the suggestion, choose another, make a new record, or close. */
function PopAnswer({ pop, hasKeys }: Pick<Props, 'pop' | 'hasKeys'>) {
  const { t } = useTranslation();
  const [isCreating, setCreating] = useState(false);
  const refuse = useRefusal();
  const acknowledge = useAcknowledge();
  const dismiss = useDismiss();
  const params = { popId: pop.id };
  const choose = (contactId: string | null) => acknowledge.mutate({ params, body: { contactId } }, { onError: refuse });
  const close = () => dismiss.mutate({ params }, { onError: refuse });
  const listens = hasKeys && !isCreating;
  useShortcut('n', t('desk.pop.create'), listens ? () => setCreating(true) : null);
  useShortcut('Escape', t('desk.pop.dismiss'), listens ? close : null);

  if (isCreating) {
    const onMade = (contactId: string) => {
      setCreating(false);
      choose(contactId);
    };
    return <NewContact pop={pop} onCancel={() => setCreating(false)} onMade={onMade} />;
  }
  const [first] = pop.candidates;
  return (
    <>
      {pop.target === 'record' && first !== undefined && (
        <PopRecord candidate={first} hasKeys={hasKeys} onAccept={choose} />
      )}
      {pop.target === 'choose' && <PopChoices candidates={pop.candidates} hasKeys={hasKeys} onChoose={choose} />}
      <div className="pop-more">
        <Button type={pop.target === 'create' ? 'primary' : 'default'} onClick={() => setCreating(true)}>
          {t('desk.pop.create')} {hasKeys && <Keys keys="n" />}
        </Button>
        <Button onClick={close}>
          {t('desk.pop.dismiss')} {hasKeys && <Keys keys="Esc" />}
        </Button>
      </div>
    </>
  );
}
