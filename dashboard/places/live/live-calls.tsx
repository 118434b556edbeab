import { PhoneOutlined } from '@ant-design/icons';
import type { Interaction } from '#core/contract/interaction.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Caller } from '../../pieces/caller.tsx';
import { Direction } from '../../pieces/direction.tsx';
import { ScrollTable } from '../../pieces/scroll-table.tsx';
import { EmptyState } from '../../pieces/states.tsx';
import { Status } from '../../pieces/status.tsx';
import { Duration, NoValue, RunningTime } from '../../pieces/times.tsx';

interface Props {
  readonly calls: readonly Interaction[];
  /** The pointer or the focus is on a row: nothing may move now. */
  readonly onLook: (isLookedAt: boolean) => void;
}

export function LiveCalls({ calls, onLook }: Props) {
  const { t, i18n } = useTranslation();
  const open = calls.filter((call) => call.open).length;
  return (
    <div
      className="panel"
      role="presentation"
      onPointerEnter={() => onLook(true)}
      onPointerLeave={() => onLook(false)}
      onFocus={() => onLook(true)}
      onBlur={() => onLook(false)}
    >
      <div className="panel-head">
        <h2>{t('live.calls')}</h2>
        <span className="soft figures">{new Intl.NumberFormat(i18n.language).format(open)}</span>
      </div>
      {calls.length === 0 ? (
        <EmptyState icon={<PhoneOutlined />} title={t('live.none')} text={t('live.noneText')} />
      ) : (
        <ScrollTable label={t('live.calls')}>
          <thead>
            <tr>
              <th scope="col">{t('live.column.state')}</th>
              <th scope="col" className="number">
                {t('live.column.time')}
              </th>
              <th scope="col">{t('live.column.who')}</th>
              <th scope="col">{t('live.column.direction')}</th>
              <th scope="col">{t('live.column.queue')}</th>
              <th scope="col">{t('live.column.agent')}</th>
            </tr>
          </thead>
          <tbody>
            {calls.map((call) => (
              <CallRow key={call.id} call={call} />
            ))}
          </tbody>
        </ScrollTable>
      )}
    </div>
  );
}

function CallRow({ call }: { readonly call: Interaction }) {
  const agents = call.agent ?? call.ringing.join(', ');
  return (
    <tr className={call.open ? '' : 'row-ended'}>
      <td>
        {call.open || call.outcome === null ? (
          <Status kind="phase" value={call.phase} />
        ) : (
          <Status kind="outcome" value={call.outcome} />
        )}
      </td>
      <td className="number">
        {call.open ? (
          <RunningTime sinceMs={call.answerMs ?? call.startMs} />
        ) : (
          <Duration ms={(call.endMs ?? call.startMs) - (call.answerMs ?? call.startMs)} />
        )}
      </td>
      <td>
        <Link to={`/interactions/${call.id}`}>
          <Caller interaction={call} />
        </Link>
      </td>
      <td>
        <Direction direction={call.direction} />
      </td>
      <td>{call.queue ?? <NoValue />}</td>
      <td className="figures">{agents === '' ? <NoValue /> : agents}</td>
    </tr>
  );
}
