import { useTranslation } from 'react-i18next';
import type { DeskSession, WrapUp } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
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
import { useSwitches, type DeskSwitch } from './use-switches.ts';
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
  const canDial = mine === undefined || mine.verbs.includes('makeCall');
  const pops = role === 'leader' ? shownPops(session) : [];
  const popping = new Set(pops.map((pop) => pop.interactionId));
  const work = workOf(session, popping);
  const isIdle = pops.length === 0 && work.length === 0;
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
        {work.map(({ interaction, wrapUp }, index) => (
          <WorkCard
            key={interaction.id}
            interaction={interaction}
            wrapUp={wrapUp}
            pop={popOf(session, interaction.id)}
            dispositions={session.dispositions}
            verbs={hasLegHere(interaction, session.agent) ? verbsOf(switches, interaction) : []}
            startsOpen={index === 0 || interaction.open}
          />
        ))}
        {isIdle && hasPhone && <IdleDesk extension={session.agent ?? ''} />}
        {isIdle && !hasPhone && (
          <TakePhone switches={switches} extension={user.extension} connectionId={user.connectionId} isFirst />
        )}
      </section>
      <div className="desk-side">
        {hasPhone && <AgentStateSwitch state={session.agentState} states={mine?.agentStates ?? []} />}
        {hasPhone && canDial && <DialField connectionId={session.connectionId} />}
        {hasPhone && <TakePhone switches={switches} extension={session.agent} connectionId={session.connectionId} />}
        <MissedCalls calls={session.missed} connectionId={hasPhone && canDial ? session.connectionId : null} />
      </div>
    </div>
  );
}

interface Work {
  readonly interaction: Interaction;
  readonly wrapUp: WrapUp | null;
}

/**
 * Calls of this desk, then calls still to be written up. One list, so a card keeps its place in the page, and the caret
 * in its notes, when its call ends.
 */
function workOf(session: DeskSession, popping: ReadonlySet<string>): readonly Work[] {
  const here = session.calls.filter((call) => isCallHere(call, session.agent));
  const shown = here.filter((call) => call.phase !== 'ringing' || !popping.has(call.id));
  const written = new Map(session.openWrapUps.map((one) => [one.interaction.id, one.wrapUp]));
  const current = shown.map((interaction) => ({ interaction, wrapUp: written.get(interaction.id) ?? null }));
  const ids = new Set(here.map((call) => call.id));
  return [...current, ...session.openWrapUps.filter((one) => !ids.has(one.interaction.id))];
}

function verbsOf(switches: readonly DeskSwitch[], interaction: Interaction): readonly string[] {
  return switches.find((one) => one.connectionId === interaction.connectionId)?.verbs ?? [];
}
