import type { DictionarySummary } from '#core/contract/api/dictionaries.ts';
import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from './problem-panel.tsx';
import { RulePanel } from './rule-panel.tsx';
import { SamplePanel } from './sample-panel.tsx';
import { SuggestPanel } from './suggest-panel.tsx';
import { TestPanel } from './test-panel.tsx';
import { VersionPanel } from './version-panel.tsx';
import { panels, useWorkbench, type Panel } from './workbench.ts';

const contents: Record<Panel, () => ReactNode> = {
  rule: () => <RulePanel />,
  sample: () => <SamplePanel />,
  problems: () => <ProblemPanel />,
  tests: () => <TestPanel />,
  suggest: () => <SuggestPanel />,
  versions: () => <VersionPanel />,
};
function panelsFor(kind: DictionarySummary['kind'], canWrite: boolean): readonly Panel[] {
  // Without the right to write there is nothing to try out, and a value table has neither rules nor samples.
  if (!canWrite) return ['versions'];
  return kind === 'values' ? ['problems', 'versions'] : panels;
}

export function PanelTabs() {
  const { t } = useTranslation();
  const { panel, showPanel, canWrite, preview, summary } = useWorkbench();
  const problems = preview.result?.problems.length ?? 0;
  const outcomes = preview.result?.tests?.outcomes ?? null;
  const failed = outcomes?.filter((one) => !one.passed).length ?? 0;
  const shown = panelsFor(summary.kind, canWrite);
  const counts: Partial<Record<Panel, number>> = { problems, tests: failed };
  return (
    <aside className="bench-panels panel" aria-label={t('dictionaries.panels')}>
      <Tabs
        size="small"
        activeKey={shown.includes(panel) ? panel : (shown[0] ?? panel)}
        onChange={(next) => showPanel(panels.find((one) => one === next) ?? 'sample')}
        destroyOnHidden
        items={shown.map((one) => ({
          key: one,
          label: (
            <>
              {t(`dictionaries.panel.${one}`)}
              {(counts[one] ?? 0) > 0 && <span className="tab-count">{counts[one]}</span>}
            </>
          ),
          children: contents[one](),
        }))}
      />
    </aside>
  );
}
