import { Table, type TableColumnsType } from 'antd';
import type { Interaction } from '#core/contract/interaction.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Caller } from '../../pieces/caller.tsx';
import { Direction } from '../../pieces/direction.tsx';
import { Status } from '../../pieces/status.tsx';
import { Duration, NoValue, When } from '../../pieces/times.tsx';

interface Props {
  readonly items: readonly Interaction[];
  readonly isLoading: boolean;
  readonly onChoose: (interaction: Interaction) => void;
}

export function InteractionTable({ items, isLoading, onChoose }: Props) {
  const { t } = useTranslation();
  const columns = useMemo<TableColumnsType<Interaction>>(
    () => [
      {
        key: 'who',
        title: t('live.column.who'),
        render: (_, call) => (
          <Link to={`/interactions/${call.id}`} onClick={(event) => event.stopPropagation()}>
            <Caller interaction={call} />
          </Link>
        ),
      },
      { key: 'when', title: t('interactions.started'), render: (_, call) => <When atMs={call.startMs} /> },
      {
        key: 'direction',
        title: t('live.column.direction'),
        render: (_, call) => <Direction direction={call.direction} />,
      },
      {
        key: 'outcome',
        title: t('interactions.outcome'),
        render: (_, call) =>
          call.outcome === null ? (
            <Status kind="phase" value={call.phase} />
          ) : (
            <Status kind="outcome" value={call.outcome} />
          ),
      },
      { key: 'agent', title: t('live.column.agent'), render: (_, call) => call.agent ?? <NoValue /> },
      { key: 'queue', title: t('live.column.queue'), render: (_, call) => call.queue ?? <NoValue /> },
      {
        key: 'wait',
        title: t('interactions.wait'),
        align: 'right',
        render: (_, call) => <Duration ms={call.waitMs} />,
      },
      {
        key: 'talk',
        title: t('interactions.talk'),
        align: 'right',
        render: (_, call) => <Duration ms={call.talkMs} />,
      },
    ],
    [t],
  );
  return (
    <div className="table-box">
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...items]}
        pagination={false}
        loading={isLoading}
        scroll={{ x: 'max-content' }}
        onRow={(call) => ({ className: 'row-click', onClick: () => onChoose(call) })}
      />
    </div>
  );
}
