import { SettingOutlined } from '@ant-design/icons';
import { Button, Dropdown, Table, type TableColumnType } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { recall, remember } from '../frame/preferences.ts';

export interface Column<T> extends Pick<TableColumnType<T>, 'align' | 'ellipsis' | 'width'> {
  readonly key: string;
  readonly title: string;
  /** The column that says what a row is cannot be hidden. */
  readonly isFixed?: boolean;
  readonly render: (row: T) => ReactNode;
}

interface Props<T> {
  /** Under this name the choice of columns is remembered. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly isLoading?: boolean;
  readonly onChoose?: (row: T) => void;
}

/** A compact table whose reader chooses the columns. A click on a row opens it; its first cell does so by keyboard. */
export function DataTable<T extends { readonly id: string }>({
  name,
  label,
  columns,
  rows,
  isLoading,
  onChoose,
}: Props<T>) {
  const [hidden, setHidden] = useState(() => new Set(recall(`columns.${name}`)?.split(',')));
  const shown = columns.filter((column) => column.isFixed === true || !hidden.has(column.key));
  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    remember(`columns.${name}`, [...next].join(','));
    setHidden(next);
  };
  return (
    <section aria-label={label}>
      <ColumnChoice columns={columns} hidden={hidden} onToggle={toggle} />
      <div className="table-box">
        <Table
          size="small"
          rowKey="id"
          columns={shown.map(asTableColumn)}
          dataSource={[...rows]}
          pagination={false}
          loading={isLoading === true}
          scroll={{ x: 'max-content' }}
          {...(onChoose === undefined
            ? {}
            : { onRow: (row: T) => ({ className: 'row-click', onClick: () => onChoose(row) }) })}
        />
      </div>
    </section>
  );
}

function asTableColumn<T>({ key, title, align, ellipsis, width, render }: Column<T>): TableColumnType<T> {
  return {
    key,
    title,
    ...(align === undefined ? {} : { align }),
    ...(ellipsis === undefined ? {} : { ellipsis }),
    ...(width === undefined ? {} : { width }),
    render: (_: unknown, row: T) => render(row),
  };
}

interface ChoiceProps<T> {
  readonly columns: readonly Column<T>[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
}

function ColumnChoice<T>({ columns, hidden, onToggle }: ChoiceProps<T>) {
  const { t } = useTranslation();
  const choices = columns.filter((column) => column.isFixed !== true);
  return (
    <div className="column-choice">
      <Dropdown
        trigger={['click']}
        menu={{
          multiple: true,
          selectable: true,
          selectedKeys: choices.filter((column) => !hidden.has(column.key)).map((column) => column.key),
          items: choices.map((column) => ({ key: column.key, label: column.title })),
          onClick: ({ key }) => onToggle(key),
        }}
      >
        <Button size="small" type="text" icon={<SettingOutlined />}>
          {t('pieces.columns')}
        </Button>
      </Dropdown>
    </div>
  );
}
