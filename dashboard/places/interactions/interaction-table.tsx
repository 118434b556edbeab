import type { Interaction } from '#core/contract/interaction.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Caller } from '../../pieces/caller.tsx';
import { DataTable, type Column } from '../../pieces/data-table.tsx';
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
  const columns = useMemo<readonly Column<Interaction>[]>(
    () => [
      {
        key: 'who',
        title: t('live.column.who'),
        isFixed: true,
        render: (call) => (
          <Link to={`/interactions/${call.id}`} onClick={(event) => event.stopPropagation()}>
            <Caller interaction={call} />
          </Link>
        ),
      },
      { key: 'when', title: t('interactions.started'), render: (call) => <When atMs={call.startMs} /> },
      {
        key: 'direction',
        title: t('live.column.direction'),
        render: (call) => <Direction direction={call.direction} />,
      },
      { key: 'outcome', title: t('interactions.outcome'), render: (call) => <Outcome call={call} /> },
      { key: 'agent', title: t('live.column.agent'), render: (call) => call.agent ?? <NoValue /> },
      { key: 'queue', title: t('live.column.queue'), render: (call) => call.queue ?? <NoValue /> },
      {
        key: 'wait',
        title: t('interactions.wait'),
        align: 'right',
        render: (call) => <Duration ms={call.waitMs} />,
      },
      {
        key: 'talk',
        title: t('interactions.talk'),
        align: 'right',
        render: (call) => <Duration ms={call.talkMs} />,
      },
    ],
    [t],
  );
  return (
    <DataTable
      name="interactions"
      label={t('places.interactions')}
      columns={columns}
      rows={items}
      isLoading={isLoading}
      onChoose={onChoose}
    />
  );
}

function Outcome({ call }: { readonly call: Interaction }) {
  if (call.outcome === null) return <Status kind="phase" value={call.phase} />;
  return <Status kind="outcome" value={call.outcome} />;
}
