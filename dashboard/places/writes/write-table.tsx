import { Table, type TableColumnsType } from 'antd';
import type { WriteView } from '#core/contract/api/writes.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Status } from '../../pieces/status.tsx';
import { NoValue, When } from '../../pieces/times.tsx';

interface Props {
  readonly items: readonly WriteView[];
  readonly isLoading: boolean;
  readonly onChoose: (write: WriteView) => void;
}

export function WriteTable({ items, isLoading, onChoose }: Props) {
  const { t } = useTranslation();
  const columns = useMemo<TableColumnsType<WriteView>>(
    () => [
      {
        key: 'state',
        title: t('live.column.state'),
        render: (_, write) => <Status kind="write" value={write.state} />,
      },
      {
        key: 'where',
        title: t('writes.where'),
        render: (_, write) => (
          <button type="button" className="link-button" onClick={() => onChoose(write)}>
            {write.connectionName} · {write.object}
          </button>
        ),
      },
      { key: 'origin', title: t('writes.origin'), render: (_, write) => <Origin origin={write.origin} /> },
      { key: 'tries', title: t('writes.tries'), align: 'right', render: (_, write) => write.attempts },
      {
        key: 'error',
        title: t('writes.error'),
        ellipsis: true,
        width: 320,
        render: (_, write) => (write.error === null ? <NoValue /> : write.error.message),
      },
      {
        key: 'record',
        title: t('writes.recordColumn'),
        render: (_, write) =>
          write.recordUrl === null ? (
            (write.recordId ?? <NoValue />)
          ) : (
            <a href={write.recordUrl} target="_blank" rel="noreferrer" onClick={(event) => event.stopPropagation()}>
              {write.recordId}
            </a>
          ),
      },
      { key: 'made', title: t('writes.made'), render: (_, write) => <When atMs={Date.parse(write.createdAt)} /> },
    ],
    [t, onChoose],
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
        onRow={(write) => ({ className: 'row-click', onClick: () => onChoose(write) })}
      />
    </div>
  );
}

/** `interaction:<id>` leads to the call that caused the write. */
function Origin({ origin }: { readonly origin: string }) {
  const { t } = useTranslation();
  const id = /^interaction:(.+)$/u.exec(origin)?.[1];
  if (id === undefined) return <code>{origin}</code>;
  return (
    <Link to={`/interactions/${id}`} onClick={(event) => event.stopPropagation()}>
      {t('writes.call')}
    </Link>
  );
}
