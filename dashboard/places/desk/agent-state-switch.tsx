import { Segmented } from 'antd';
import type { DeskSession } from '#core/contract/desk.ts';
import { useTranslation } from 'react-i18next';
import { useAgentState, useRefusal } from '../../desk-session/use-desk-actions.ts';
import { Status } from '../../pieces/status.tsx';

interface Props {
  readonly state: DeskSession['agentState'];
  /** States this switch lets a desk set. */
  readonly states: readonly string[];
}

export function AgentStateSwitch({ state, states }: Props) {
  const { t } = useTranslation();
  const refuse = useRefusal();
  const change = useAgentState();
  const canSet = states.includes('ready') && states.includes('notReady');
  return (
    <section className="panel" aria-label={t('desk.state.label')}>
      <div className="panel-head">
        <h2>{t('desk.state.label')}</h2>
        <Status kind="agent" value={state.state} />
      </div>
      {state.reason !== null && state.reason !== '' && <p className="soft">{state.reason}</p>}
      {canSet ? (
        <Segmented<'ready' | 'notReady'>
          block
          aria-label={t('desk.state.set')}
          disabled={change.isPending}
          value={state.state === 'notReady' ? 'notReady' : 'ready'}
          onChange={(next) => change.mutate({ body: { state: next } }, { onError: refuse })}
          options={[
            { value: 'ready', label: t('status.agent.ready') },
            { value: 'notReady', label: t('status.agent.notReady') },
          ]}
        />
      ) : (
        <p className="soft">{t('desk.state.readOnly')}</p>
      )}
    </section>
  );
}
