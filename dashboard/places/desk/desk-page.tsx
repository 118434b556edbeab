import { useTranslation } from 'react-i18next';
import type { DeskSession } from '#core/contract/desk.ts';
import { hasLegHere, isCallHere, popOf, shownPops } from '../../desk-session/desk-state.ts';
import { useDeskStore, useDeskView } from '../../desk-session/desk-provider.tsx';
import { useMe } from '../../frame/me.tsx';
import { PageHeader } from '../../pieces/page-header.tsx';
import { ErrorState, PageSkeleton } from '../../pieces/states.tsx';
import { AgentStateSwitch } from './agent-state-switch.tsx';
import { DialField } from './dial-field.tsx';
import { FollowerNote } from './follower-note.tsx';
import { IdleDesk } from './idle-desk.tsx';
import { MissedCalls } from './missed-calls.tsx';
import { PopCard } from './pop-card.tsx';
import { TakePhone } from './take-phone.tsx';
import { useSwitches } from './use-switches.ts';
import { WorkCard } from './work-card.tsx';
import './desk.css';

export function DeskPage() {
  const { t } = useTranslation();
  const { session, error } = useDeskView();
  const store = useDeskStore();
  return (
    <>
      <PageHeader title={t('places.desk')} />
      {session !== null && <Desk session={session} />}
      {session === null && error !== null && <ErrorState error={error} onRetry={() => void store.reload()} />}
      {session === null && error === null && <PageSkeleton />}
    </>
  );
}

function Desk({ session }: { readonly session: DeskSession }) {
  const { role } = useDeskView();
  const { user } = useMe();
  const switches = useSwitches(session);
  const mine = switches.find((one) => one.connectionId === session.connectionId);
  const pops = role === 'leader' ? shownPops(session) : [];
  const popping = new Set(pops.map((pop) => pop.interactionId));
  const here = session.calls.filter((call) => isCallHere(call, session.agent));
  const current = here.filter((call) => call.phase !== 'ringing' || !popping.has(call.id));
  const currentIds = new Set(here.map((call) => call.id));
  const wrapping = session.openWrapUps.filter((one) => !currentIds.has(one.interaction.id));
  const isIdle = pops.length === 0 && current.length === 0 && wrapping.length === 0;
  const hasPhone = session.agent !== null && session.agent !== '';

  return (
    <div className="desk">
      <section className="desk-main">
        {role === 'follower' && <FollowerNote />}
        {pops.map((pop, index) => (
          <PopCard
            key={pop.id}
            pop={pop}
            call={session.calls.find((one) => one.id === pop.interactionId)}
            hasKeys={index === 0}
          />
        ))}
        {current.map((interaction) => (
          <WorkCard
            key={interaction.id}
            interaction={interaction}
            wrapUp={session.openWrapUps.find((one) => one.interaction.id === interaction.id)?.wrapUp ?? null}
            pop={popOf(session, interaction.id)}
            dispositions={session.dispositions}
            verbs={
              hasLegHere(interaction, session.agent)
                ? (switches.find((one) => one.connectionId === interaction.connectionId)?.verbs ?? [])
                : []
            }
            startsOpen
          />
        ))}
        {wrapping.map(({ interaction, wrapUp }, index) => (
          <WorkCard
            key={interaction.id}
            interaction={interaction}
            wrapUp={wrapUp}
            pop={popOf(session, interaction.id)}
            dispositions={session.dispositions}
            verbs={[]}
            startsOpen={index === 0 && current.length === 0}
          />
        ))}
        {isIdle && hasPhone && <IdleDesk extension={session.agent ?? ''} />}
        {isIdle && !hasPhone && (
          <TakePhone switches={switches} extension={user.extension} connectionId={user.connectionId} isFirst />
        )}
      </section>
      <div className="desk-side">
        {hasPhone && <AgentStateSwitch state={session.agentState} states={mine?.agentStates ?? []} />}
        {hasPhone && <DialField connectionId={session.connectionId} />}
        {hasPhone && <TakePhone switches={switches} extension={session.agent} connectionId={session.connectionId} />}
        <MissedCalls calls={session.missed} connectionId={session.connectionId} />
      </div>
    </div>
  );
}
