import { BulbOutlined, CheckOutlined } from '@ant-design/icons';
import { suggestRules } from '#core/contract/api/dictionaries.ts';
import type { RuleSuggestion } from '#core/contract/mapping.ts';
import { Button, Slider } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteMutation } from '../../api/use-route.ts';
import { EmptyState, ErrorState, PageSkeleton } from '../../pieces/states.tsx';
import { nextIndex, ownRuleKey } from './rule-shape.ts';
import { useFieldLabels } from './use-field-labels.ts';
import { useWorkbench } from './workbench.ts';

const percent = (confidence: number) => Math.round(confidence * 100);

/** Rules for fields that have none, best first, each with the reasons for it. */
export function SuggestPanel() {
  const { t } = useTranslation();
  const { fields, outline, document, summary, sample, choose, showPanel } = useWorkbench();
  const ask = useRouteMutation(suggestRules);
  const [least, setLeast] = useState(80);
  const isReady = fields !== null && fields.fields.length > 0 && outline !== null;
  const entity = outline?.entity ?? null;
  const mapped = JSON.stringify(outline?.rules.map(({ from, to }) => [from, to]));
  const { mutate } = ask;
  useEffect(() => {
    if (!isReady || entity === null || fields === null) return;
    const samples = sample.direction === 'read' && sample.input !== null ? [sample.input] : [];
    const { name, fields: own } = fields;
    mutate({
      body: { name: summary.name, entity, fields: { name, fields: [...own] }, text: document.state.text, samples },
    });
    // Asked again when another field is mapped, not with every letter of a text or a sample.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [isReady, entity, fields, mapped, mutate, summary.name]);
  const used = useMemo(() => new Set(outline?.rules.flatMap((rule) => rule.to)), [outline]);
  if (!isReady) return <EmptyState title={t('dictionaries.noFieldsTitle')} text={t('dictionaries.noFieldsText')} />;
  if (ask.error !== null) return <ErrorState error={ask.error} onRetry={() => ask.reset()} />;
  if (ask.data === undefined) return <PageSkeleton rows={5} />;
  const open = ask.data.items.filter((one) => !one.to.some((to) => used.has(to)));
  const good = open.filter((one) => percent(one.confidence) >= least);
  const accept = (chosen: readonly RuleSuggestion[]) => {
    const edits = distinctTargets(chosen).map(({ rule }) => ({ kind: 'addRule' as const, rule }));
    if (edits.length === 1) choose(ownRuleKey(nextIndex(outline?.rules ?? [])));
    showPanel('suggest');
    void document.applyEdits(edits);
  };
  if (open.length === 0) {
    return (
      <EmptyState
        icon={<BulbOutlined />}
        title={t('dictionaries.noSuggestions')}
        text={t('dictionaries.noSuggestionsText')}
      />
    );
  }
  return (
    <>
      <div className="suggest-all">
        <Slider
          className="suggest-least"
          min={0}
          max={100}
          step={5}
          value={least}
          onChange={setLeast}
          ariaLabelForHandle={t('dictionaries.leastConfidence')}
          tooltip={{ formatter: (value) => t('dictionaries.percent', { value }) }}
        />
        <Button type="primary" disabled={good.length === 0} onClick={() => accept(good)}>
          {t('dictionaries.acceptAll', { count: good.length, least })}
        </Button>
      </div>
      <ul className="problem-list" aria-label={t('dictionaries.panel.suggest')}>
        {open.map((one) => (
          <Suggestion key={`${one.from.join()} ${one.to.join()}`} suggestion={one} onAccept={() => accept([one])} />
        ))}
      </ul>
    </>
  );
}

/** Two suggestions for one target cannot both hold; the better one stands first. */
function distinctTargets(suggestions: readonly RuleSuggestion[]): readonly RuleSuggestion[] {
  const taken = new Set<string>();
  return suggestions.filter(({ to }) => {
    const isFree = !to.some((path) => taken.has(path));
    for (const path of to) taken.add(path);
    return isFree;
  });
}

interface SuggestionProps {
  readonly suggestion: RuleSuggestion;
  readonly onAccept: () => void;
}

function Suggestion({ suggestion: one, onAccept }: SuggestionProps) {
  const { t } = useTranslation();
  const words = `${one.from.join(' + ')} → ${one.to.join(' + ')}`;
  const { record, entity } = useFieldLabels(one);
  const labels = [record, entity].filter((label) => label !== '').join(' → ');
  return (
    <li>
      <div className="suggestion">
        <span className="line-middle">
          <code>{words}</code>
        </span>
        <span className="figures">{t('dictionaries.percent', { value: percent(one.confidence) })}</span>
        <Button
          size="small"
          icon={<CheckOutlined />}
          aria-label={t('dictionaries.acceptOne', { rule: words })}
          onClick={onAccept}
        >
          {t('dictionaries.accept')}
        </Button>
      </div>
      {labels !== '' && <p className="rule-label">{labels}</p>}
      {one.reasons.map(({ kind, detail }) => (
        <p key={`${kind} ${detail}`} className="soft reason">
          {t('dictionaries.reasonLine', { kind: t(`dictionaries.why.${kind}`), detail })}
        </p>
      ))}
    </li>
  );
}
