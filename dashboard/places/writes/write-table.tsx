import type { WriteView } from '#core/contract/api/writes.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DataTable, type Column } from '../../pieces/data-table.tsx';
import { Status } from '../../pieces/status.tsx';
import { NoValue, When } from '../../pieces/times.tsx';

interface Props {
  readonly items: readonly WriteView[];
  readonly isLoading: boolean;
  readonly onChoose: (write: WriteView) => void;
}

export function WriteTable({ items, isLoading, onChoose }: Props) {
  const { t } = useTranslation();
  const columns = useMemo<readonly Column<WriteView>[]>(
    () => [
      {
        key: 'state',
        title: t('live.column.state'),
        render: (write) => <Status kind="write" value={write.state} />,
      },
      {
        key: 'where',
        title: t('writes.where'),
        isFixed: true,
        render: (write) => (
          <button type="button" className="link-button" onClick={() => onChoose(write)}>
            {write.connectionName} · {write.object}
          </button>
        ),
      },
      { key: 'origin', title: t('writes.origin'), render: (write) => <Origin origin={write.origin} /> },
      { key: 'tries', title: t('writes.tries'), align: 'right', render: (write) => write.attempts },
      {
        key: 'error',
        title: t('writes.error'),
        ellipsis: true,
        width: 320,
        render: (write) => (write.error === null ? <NoValue /> : write.error.message),
      },
      {
        key: 'record',
        title: t('writes.recordColumn'),
        render: (write) =>
          write.recordUrl === null ? (
            (write.recordId ?? <NoValue />)
          ) : (
            <a href={write.recordUrl} target="_blank" rel="noreferrer" onClick={(event) => event.stopPropagation()}>
              {write.recordId}
            </a>
          ),
      },
      { key: 'made', title: t('writes.made'), render: (write) => <When atMs={Date.parse(write.createdAt)} /> },
    ],
    [t, onChoose],
  );
  return (
    <DataTable
      name="writes"
      label={t('places.writes')}
      columns={columns}
      rows={items}
      isLoading={isLoading}
      onChoose={onChoose}
    />
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
