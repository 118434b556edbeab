import { DownOutlined, ExportOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { interactionMatch } from '#core/contract/api/interactions.ts';
import type { Pop, PopCandidate, WrapUp } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { popNumber } from '../../desk-session/pop-words.ts';
import { useCallerName } from '../../pieces/caller.tsx';
import { readableNumber } from '../../pieces/phone-text.ts';
import { CallControls } from './call-controls.tsx';
import { CandidateLine } from './pop-record.tsx';
import { WorkState } from './work-state.tsx';
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
  const person = usePerson(interaction.id, pop, wrapUp);
  const name = person?.displayName ?? calledName;
  const number = numberOf(interaction, pop);
  const bodyId = `work-${interaction.id}`;

  return (
    <article className={interaction.open ? 'work work-live' : 'work'} aria-label={t('desk.work.label', { name })}>
      <header className="work-head">
        <div>
          <h2>{name}</h2>
          {number !== null && number !== name && <p className="work-number figures">{number}</p>}
        </div>
        <p className="work-state">
          <WorkState interaction={interaction} />
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
        {person !== undefined && <CandidateLine candidate={person} />}
        <WorkLinks interactionId={interaction.id} recordUrl={person?.recordUrl ?? null} />
        {interaction.open && <CallControls interaction={interaction} verbs={verbs} />}
        {isOpen && <WrapUpForm interaction={interaction} wrapUp={wrapUp} dispositions={dispositions} />}
      </div>
    </article>
  );
}

/** Who this is: as the pop says, or, once the pop is gone, as the hub remembers. */
function usePerson(interactionId: string, pop: Pop | undefined, wrapUp: WrapUp | null): PopCandidate | undefined {
  const match = useRoute(interactionMatch, { params: { interactionId } }, { enabled: pop === undefined });
  const known = match.data?.identification ?? null;
  const candidates = pop?.candidates ?? known?.candidates ?? [];
  const chosenId = wrapUp?.contactId ?? known?.contactId ?? null;
  const chosen = candidates.find((one) => one.contactId !== null && one.contactId === chosenId);
  return chosen ?? (pop?.target === 'record' ? candidates[0] : undefined);
}

function numberOf(interaction: Interaction, pop: Pop | undefined): string | null {
  const known = pop === undefined ? null : popNumber(pop);
  const raw = interaction.direction === 'outbound' ? interaction.callee : interaction.caller.number;
  return known ?? (raw === null ? null : readableNumber(raw));
}

function WorkLinks({
  interactionId,
  recordUrl,
}: {
  readonly interactionId: string;
  readonly recordUrl: string | null;
}) {
  const { t } = useTranslation();
  return (
    <p className="work-links">
      {recordUrl !== null && (
        <a href={recordUrl} target="_blank" rel="noreferrer">
          <ExportOutlined aria-hidden /> {t('desk.pop.openRecord')}
        </a>
      )}
      <Link to={`/interactions/${interactionId}`}>{t('desk.work.history')}</Link>
    </p>
  );
}
