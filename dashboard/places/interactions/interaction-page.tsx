import { getInteraction } from '#core/contract/api/interactions.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { useCallerName } from '../../pieces/caller.tsx';
import { PageHeader } from '../../pieces/page-header.tsx';
import { QueryStates } from '../../pieces/states.tsx';
import { EventsDrawer } from './events-drawer.tsx';
import { InteractionFacts } from './interaction-facts.tsx';
import { MatchPanel } from './match-panel.tsx';
import { NotesPanel } from './notes-panel.tsx';
import { StoryPanel } from './story-panel.tsx';
import { Timeline } from './timeline.tsx';
import { WritesPanel } from './writes-panel.tsx';
import './interactions.css';

const openRefreshMs = 2_000;

export function InteractionPage() {
  const { interactionId = '' } = useParams();
  const interaction = useRoute(getInteraction, { params: { interactionId } }, { keepPrevious: true });
  const isOpen = interaction.data?.open === true;
  useRoute(
    getInteraction,
    { params: { interactionId } },
    { enabled: isOpen, refetchMs: isOpen ? openRefreshMs : false },
  );
  return <QueryStates query={interaction}>{(data) => <InteractionView interaction={data} />}</QueryStates>;
}

function InteractionView({ interaction }: { readonly interaction: Interaction }) {
  const { t } = useTranslation();
  const name = useCallerName(interaction);
  const [isRaw, setRaw] = useState(false);
  return (
    <>
      <PageHeader title={name} text={t(`call.direction.${interaction.direction}`)}>
        <Button onClick={() => setRaw(true)}>{t('interactions.events')}</Button>
      </PageHeader>
      <div className="interaction">
        <div>
          <Timeline interaction={interaction} />
          <WritesPanel interactionId={interaction.id} />
        </div>
        <div>
          <section className="panel" aria-label={t('interactions.facts')}>
            <InteractionFacts interaction={interaction} />
          </section>
          <MatchPanel interactionId={interaction.id} />
          <NotesPanel interactionId={interaction.id} />
          <StoryPanel interaction={interaction} />
        </div>
      </div>
      {isRaw && <EventsDrawer interactionId={interaction.id} onClose={() => setRaw(false)} />}
    </>
  );
}
