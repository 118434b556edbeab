import { PhoneOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Interaction } from '#core/contract/interaction.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Caller, useCallerName } from '../../pieces/caller.tsx';
import { Ago } from '../../pieces/times.tsx';
import { useDial } from './dial-field.tsx';

interface Props {
  readonly calls: readonly Interaction[];
  readonly connectionId: string | null;
}

export function MissedCalls({ calls, connectionId }: Props) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-label={t('desk.missed.title')}>
      <div className="panel-head">
        <h2>{t('desk.missed.title')}</h2>
        <span className="soft figures">{calls.length}</span>
      </div>
      {calls.length === 0 ? (
        <p className="soft">{t('desk.missed.none')}</p>
      ) : (
        <ul className="missed">
          {calls.map((call) => (
            <MissedCall key={call.id} call={call} connectionId={connectionId} />
          ))}
        </ul>
      )}
    </section>
  );
}

function MissedCall({ call, connectionId }: { readonly call: Interaction; readonly connectionId: string | null }) {
  const { t } = useTranslation();
  const name = useCallerName(call);
  const { dial, isDialling } = useDial(connectionId);
  const { number } = call.caller;
  return (
    <li>
      <span>
        <Link to={`/interactions/${call.id}`}>
          <Caller interaction={call} />
        </Link>
        <span className="soft">
          <Ago atMs={call.endMs ?? call.startMs} />
        </span>
      </span>
      {number !== null && connectionId !== null && (
        <Button
          icon={<PhoneOutlined />}
          loading={isDialling}
          aria-label={t('desk.missed.callBack', { name })}
          onClick={() => dial(number)}
        />
      )}
    </li>
  );
}
