import { useTranslation } from 'react-i18next';
import { Status } from '../../pieces/status.tsx';
import { RunningTime } from '../../pieces/times.tsx';
import type { LiveSnapshot } from './live-state.ts';

export function LiveAgents({ agents }: { readonly agents: LiveSnapshot['agents'] }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-label={t('live.agents')}>
      <div className="panel-head">
        <h2>{t('live.agents')}</h2>
        <span className="soft figures">{agents.length}</span>
      </div>
      {agents.length === 0 ? (
        <p className="soft">{t('live.noAgents')}</p>
      ) : (
        <ul className="lines">
          {agents.map((agent) => (
            <li key={`${agent.connectionId}/${agent.agent}`}>
              <strong className="figures">{agent.agent}</strong>
              <span className="line-middle">
                <Status kind="agent" value={agent.state} />
                {agent.reason !== null && agent.reason !== '' && <span className="soft"> {agent.reason}</span>}
              </span>
              <RunningTime sinceMs={agent.sinceMs} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
