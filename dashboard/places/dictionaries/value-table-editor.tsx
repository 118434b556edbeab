import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { DictionaryDetail } from '#core/contract/api/dictionaries.ts';
import { Alert, Button, Input, Segmented, Select } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PageSkeleton } from '../../pieces/states.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { EditorHeader } from './editor-header.tsx';
import { PanelTabs } from './panel-tabs.tsx';
import { useBench } from './use-bench.ts';
import type { DocumentPath } from './use-document.ts';
import { readTable, sides, withCell, withDefault, withNewRow, withoutRow, type ValueRow } from './value-rows.ts';
import { useWorkbench, WorkbenchContext } from './workbench.ts';

const TextView = lazy(async () => ({ default: (await import('./text-view.tsx')).TextView }));

interface Props {
  readonly path: DocumentPath;
  readonly detail: DictionaryDetail;
}

/** What a record says on the left, what the hub means by it on the right. The first of several is the one written. */
export function ValueTableEditor({ path, detail }: Props) {
  const { t } = useTranslation();
  const { bench, view, setView, line } = useBench(path, detail);
  const isText = view === 'text';
  return (
    <WorkbenchContext value={bench}>
      <EditorHeader />
      <ConflictNotice document={bench.document} />
      <div className="bench">
        <div className="bench-main">
          <Segmented
            className="bench-views"
            aria-label={t('dictionaries.views')}
            value={isText ? 'text' : 'table'}
            onChange={setView}
            options={(['table', 'text'] as const).map((value) => ({ value, label: t(`dictionaries.view.${value}`) }))}
          />
          {isText ? (
            <Suspense fallback={<PageSkeleton rows={12} />}>
              <TextView line={line} />
            </Suspense>
          ) : (
            <TableView />
          )}
        </div>
        <PanelTabs />
      </div>
    </WorkbenchContext>
  );
}

function TableView() {
  const { t } = useTranslation();
  const { document, canWrite } = useWorkbench();
  const { text } = document.state;
  const table = useMemo(() => readTable(text), [text]);
  const edit = (next: string, typing = false) => document.change({ type: 'edit', texts: { text: next }, typing });
  if (table === null) return <Alert type="warning" showIcon title={t('dictionaries.unreadableTable')} />;
  return (
    <section className="panel" aria-label={t('dictionaries.kinds.values')}>
      <table className="plain-table value-table">
        <thead>
          <tr>
            <th scope="col">{t('dictionaries.recordValues')}</th>
            <th scope="col">{t('dictionaries.entityValues')}</th>
            <th scope="col">
              <span className="unseen">{t('dictionaries.moves')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a row is known by its place in the text
            <TableRow key={index} row={row} index={index} onEdit={edit} />
          ))}
          <tr>
            {sides.map((side) => (
              <td key={side}>
                <label htmlFor={`otherwise-${side}`} className="soft">
                  {t(`dictionaries.otherwise.${side}`)}
                </label>
                <Input
                  id={`otherwise-${side}`}
                  size="small"
                  disabled={!canWrite}
                  autoComplete="off"
                  value={table.default[side]}
                  placeholder={t('dictionaries.noDefault')}
                  onChange={(event) => edit(withDefault(text, side, event.target.value), true)}
                />
              </td>
            ))}
            <td aria-hidden />
          </tr>
        </tbody>
      </table>
      {canWrite && (
        <div className="form-actions">
          <Button icon={<PlusOutlined />} onClick={() => edit(withNewRow(text))}>
            {t('dictionaries.addRow')}
          </Button>
        </div>
      )}
      <p className="soft board-hint">{t('dictionaries.tableHint')}</p>
    </section>
  );
}

interface RowProps {
  readonly row: ValueRow;
  readonly index: number;
  readonly onEdit: (text: string) => void;
}

function TableRow({ row, index, onEdit }: RowProps) {
  const { t } = useTranslation();
  const { document, canWrite } = useWorkbench();
  const { text } = document.state;
  return (
    <tr>
      {sides.map((side) => (
        <td key={side}>
          <Select
            mode="tags"
            className="value-words"
            open={false}
            suffixIcon={null}
            disabled={!canWrite}
            aria-label={t(`dictionaries.cell.${side}`, { row: index + 1 })}
            value={row[side].filter((word) => word !== '')}
            onChange={(words: string[]) => onEdit(withCell(text, index, { side, words }))}
          />
        </td>
      ))}
      <td>
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          disabled={!canWrite}
          aria-label={t('dictionaries.removeRow', { row: index + 1 })}
          onClick={() => onEdit(withoutRow(text, index))}
        />
      </td>
    </tr>
  );
}
