import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../frame/me.tsx';
import { useShortcut } from '../../frame/shortcuts.ts';
import { PageHeader } from '../../pieces/page-header.tsx';
import { ErrorState, PageSkeleton } from '../../pieces/states.tsx';
import { LiveAgents } from './live-agents.tsx';
import { LiveCalls } from './live-calls.tsx';
import { LiveHistory } from './live-history.tsx';
import { LiveLinks } from './live-links.tsx';
import { useLive } from './use-live.ts';
import './live.css';

export function LivePage() {
  const { t } = useTranslation();
  const [isLookedAt, setLookedAt] = useState(false);
  const { snapshot, state, isPaused, togglePause, waiting } = useLive(isLookedAt);
  const canSeeLinks = useCan('connections.read');
  useShortcut('p', t('live.pauseKey'), togglePause);

  return (
    <>
      <PageHeader title={t('places.live')} text={t('live.text')}>
        <Button
          icon={isPaused ? <CaretRightOutlined /> : <PauseOutlined />}
          aria-pressed={isPaused}
          onClick={togglePause}
        >
          {isPaused ? t('live.resume', { count: waiting }) : t('live.pause')}
        </Button>
      </PageHeader>
      {state === null && snapshot.error === null && <PageSkeleton />}
      {state === null && snapshot.error !== null && (
        <ErrorState error={snapshot.error} onRetry={() => void snapshot.refetch()} />
      )}
      {state !== null && (
        <div className="live">
          <div className="live-main">
            <LiveCalls calls={state.calls} onLook={setLookedAt} />
            {snapshot.data !== undefined && <LiveHistory history={snapshot.data.history} />}
          </div>
          <div className="live-side">
            {canSeeLinks && <LiveLinks links={state.links} />}
            <LiveAgents agents={state.agents} />
          </div>
        </div>
      )}
    </>
  );
}
