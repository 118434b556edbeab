import { DownOutlined, ExportOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Pop, WrapUp } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { popNumber } from '../../desk-session/pop-words.ts';
import { useCallerName } from '../../pieces/caller.tsx';
import { readableNumber } from '../../pieces/phone-text.ts';
import { Status } from '../../pieces/status.tsx';
import { Ago, Duration, RunningTime } from '../../pieces/times.tsx';
import { CallControls } from './call-controls.tsx';
import { CandidateLine } from './pop-record.tsx';
import { WrapUpForm } from './wrap-up-form.tsx';

interface Props {
  readonly interaction: Interaction;
  readonly wrapUp: WrapUp | null;
  readonly pop: Pop | undefined;
  readonly dispositions: readonly string[];
  readonly verbs: readonly string[];
  readonly startsOpen: boolean;
}

/**
 * One call from answer to finished wrap-up. It stays the same card when the call ends, so nobody loses the caret in
 * the notes at hang-up.
 */
export function WorkCard({ interaction, wrapUp, pop, dispositions, verbs, startsOpen }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(startsOpen);
  const calledName = useCallerName(interaction);
  const candidate = pop?.target === 'record' ? pop.candidates[0] : undefined;
  const chosenId = wrapUp?.contactId ?? candidate?.contactId ?? null;
  const chosen = pop?.candidates.find((one) => one.contactId === chosenId) ?? candidate;
  const name = chosen?.displayName ?? calledName;
  const raw = interaction.direction === 'outbound' ? interaction.callee : interaction.caller.number;
  const number = (pop === undefined ? null : popNumber(pop)) ?? (raw === null ? null : readableNumber(raw));
  const bodyId = `work-${interaction.id}`;

  return (
    <article className={interaction.open ? 'work work-live' : 'work'} aria-label={t('desk.work.label', { name })}>
      <header className="work-head">
        <div>
          <h2>{name}</h2>
          {number !== null && number !== name && <p className="work-number figures">{number}</p>}
        </div>
        <p className="work-state">
          {interaction.open ? (
            <>
              <Status kind="phase" value={interaction.phase} />
              <RunningTime sinceMs={interaction.answerMs ?? interaction.startMs} />
            </>
          ) : (
            <>
              <Status kind="outcome" value={interaction.outcome ?? 'failed'} />
              <Duration ms={interaction.talkMs} />
              <span className="soft">
                <Ago atMs={interaction.endMs ?? interaction.startMs} />
              </span>
            </>
          )}
          <Button
            type="text"
            size="small"
            icon={isOpen ? <DownOutlined /> : <RightOutlined />}
            aria-expanded={isOpen}
            aria-controls={bodyId}
            aria-label={t(isOpen ? 'desk.work.fold' : 'desk.work.unfold', { name })}
            onClick={() => setOpen(!isOpen)}
          />
        </p>
      </header>
      <div id={bodyId} hidden={!isOpen}>
        {chosen !== undefined && <CandidateLine candidate={chosen} />}
        <p className="work-links">
          {chosen?.recordUrl != null && (
            <a href={chosen.recordUrl} target="_blank" rel="noreferrer">
              <ExportOutlined aria-hidden /> {t('desk.pop.openRecord')}
            </a>
          )}
          <Link to={`/interactions/${interaction.id}`}>{t('desk.work.history')}</Link>
        </p>
        {interaction.open && <CallControls interaction={interaction} verbs={verbs} />}
        {isOpen && (
          <WrapUpForm
            interaction={interaction}
            wrapUp={wrapUp}
            suggestedContactId={chosenId}
            dispositions={dispositions}
          />
        )}
      </div>
    </article>
  );
}
