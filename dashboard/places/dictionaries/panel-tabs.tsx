import type { DictionarySummary } from '#core/contract/api/dictionaries.ts';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
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
const moves: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

function panelsFor(kind: DictionarySummary['kind'], canWrite: boolean): readonly Panel[] {
  // A value table has neither rules nor samples; suggestions are for whoever may take them.
  if (kind === 'values') return ['problems', 'versions'];
  return canWrite ? panels : panels.filter((one) => one !== 'suggest');
}

/** All tools stay in sight; on a narrow screen they stand in two rows. */
export function PanelTabs() {
  const { t } = useTranslation();
  const { panel, showPanel, canWrite, summary } = useWorkbench();
  const list = useRef<HTMLDivElement>(null);
  const counts = useCounts();
  const shown = panelsFor(summary.kind, canWrite);
  const current = shown.includes(panel) ? panel : (shown[0] ?? 'versions');
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = shown.at((shown.indexOf(current) + move) % shown.length) ?? current;
    showPanel(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <aside className="bench-panels panel" aria-label={t('dictionaries.panels')}>
      <div ref={list} className="panel-tabs" role="tablist" tabIndex={-1} onKeyDown={onKeyDown}>
        {shown.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`tab-${one}`}
            aria-controls="panel-now"
            aria-selected={one === current}
            tabIndex={one === current ? 0 : -1}
            onClick={() => showPanel(one)}
          >
            {t(`dictionaries.panel.${one}`)}
            {counts[one] > 0 && <span className="tab-count">{counts[one]}</span>}
          </button>
        ))}
      </div>
      <div id="panel-now" role="tabpanel" aria-labelledby={`tab-${current}`} className="panel-now">
        {contents[current]()}
      </div>
    </aside>
  );
}

function useCounts(): Record<Panel, number> {
  const { result } = useWorkbench().preview;
  const failed = result?.tests?.outcomes.filter((one) => !one.passed).length ?? 0;
  return { rule: 0, sample: 0, problems: result?.problems.length ?? 0, tests: failed, suggest: 0, versions: 0 };
}
