import type { DictionaryDetail } from '#core/contract/api/dictionaries.ts';
import { Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../frame/shortcuts.ts';
import { PageSkeleton } from '../../pieces/states.tsx';
import { Board } from './board.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { EditorHeader } from './editor-header.tsx';
import { HeadDrawer } from './head-drawer.tsx';
import { PanelTabs } from './panel-tabs.tsx';
import { RuleTable } from './rule-table.tsx';
import type { DocumentPath } from './use-document.ts';
import { useBench } from './use-bench.ts';
import { WorkbenchContext, type View } from './workbench.ts';

const TextView = lazy(async () => ({ default: (await import('./text-view.tsx')).TextView }));
const views = ['lines', 'table', 'text'] as const;

interface Props {
  readonly path: DocumentPath;
  readonly detail: DictionaryDetail;
}

/** Rules as lines, as a table or as text on one side; what they do, beside them. */
export function Editor({ path, detail }: Props) {
  const { t } = useTranslation();
  const bench = useBench(path, detail);
  const { view, setView, line } = bench;
  useShortcut('1', t('dictionaries.view.lines'), () => setView('lines'));
  useShortcut('2', t('dictionaries.view.table'), () => setView('table'));
  useShortcut('3', t('dictionaries.view.text'), () => setView('text'));
  return (
    <WorkbenchContext value={bench.bench}>
      <EditorHeader />
      <ConflictNotice document={bench.bench.document} />
      <div className="bench">
        <div className="bench-main">
          <div className="bench-head">
            <Segmented<View>
              className="bench-views"
              aria-label={t('dictionaries.views')}
              value={view}
              onChange={setView}
              options={views.map((value) => ({ value, label: t(`dictionaries.view.${value}`) }))}
            />
            <HeadDrawer />
          </div>
          {view === 'lines' && <Board />}
          {view === 'table' && <RuleTable />}
          {view === 'text' && (
            <Suspense fallback={<PageSkeleton rows={12} />}>
              <TextView line={line} />
            </Suspense>
          )}
        </div>
        <PanelTabs />
      </div>
    </WorkbenchContext>
  );
}
