import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import type { RuleOutline } from '#core/contract/mapping.ts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { JsonView } from '../../pieces/json-view.tsx';
import { EmptyState } from '../../pieces/states.tsx';
import { RuleForm } from './rule-form.tsx';
import { nextIndex, ownRuleKey, rowOf, ruleKey, ruleWords } from './rule-shape.ts';
import { TraceSteps } from '../../pieces/trace-steps.tsx';
import { useWorkbench } from './workbench.ts';

export function RulePanel() {
  const { t } = useTranslation();
  const { chosen, canWrite } = useWorkbench();
  if (chosen === null) {
    const text = t(canWrite ? 'dictionaries.noRuleText' : 'dictionaries.noRuleTextRead');
    return <EmptyState title={t('dictionaries.noRule')} text={text} />;
  }
  return (
    <>
      <h2 className="rule-title">
        <code>{ruleWords(chosen)}</code>
      </h2>
      <RuleTrace rule={chosen} />
      {chosen.index === null || !canWrite ? (
        <InheritedRule rule={chosen} />
      ) : (
        <RuleForm key={ruleKey(chosen)} rule={chosen} index={chosen.index} />
      )}
      {chosen.index !== null && canWrite && <RuleActions rule={chosen} index={chosen.index} />}
    </>
  );
}

function RuleTrace({ rule }: { readonly rule: RuleOutline }) {
  const { t } = useTranslation();
  const { preview } = useWorkbench();
  const trace = preview.result?.trace ?? null;
  const row = rowOf(trace, rule.id);
  if (trace === null || row === null) return <p className="soft rule-quiet">{t('dictionaries.notInSample')}</p>;
  return (
    <TraceSteps row={row} direction={trace.direction} losses={trace.events.filter((event) => event.rule === rule.id)} />
  );
}

/** A rule of another dictionary can be replaced here by one with the same target. */
function InheritedRule({ rule }: { readonly rule: RuleOutline }) {
  const { t } = useTranslation();
  const { outline, document, choose, canWrite } = useWorkbench();
  const replace = () => {
    choose(ownRuleKey(nextIndex(outline?.rules ?? [])));
    void document.applyEdits([{ kind: 'addRule', rule: rule.written }]);
  };
  return (
    <>
      {rule.inheritedFrom !== null && (
        <p>
          {t('dictionaries.inheritedText')} <Link to={`/dictionaries/${rule.inheritedFrom}`}>{rule.inheritedFrom}</Link>
        </p>
      )}
      <JsonView label={t('dictionaries.asWritten')} value={rule.written} />
      {canWrite && <Button onClick={replace}>{t('dictionaries.replaceHere')}</Button>}
    </>
  );
}

function RuleActions({ rule, index }: { readonly rule: RuleOutline; readonly index: number }) {
  const { t } = useTranslation();
  const { document, choose, goToLine } = useWorkbench();
  const remove = () => {
    choose(null);
    void document.applyEdits([{ kind: 'removeRule', index }]);
  };
  const copy = () => {
    choose(ownRuleKey(index + 1));
    void document.applyEdits([{ kind: 'addRule', rule: rule.written, at: index + 1 }]);
  };
  return (
    <div className="form-actions">
      <Button size="small" onClick={() => goToLine(rule.line)}>
        {t('dictionaries.showLine', { line: rule.line })}
      </Button>
      <Button size="small" icon={<CopyOutlined />} onClick={copy}>
        {t('dictionaries.copyRule')}
      </Button>
      <Button size="small" danger icon={<DeleteOutlined />} onClick={remove}>
        {t('pieces.delete')}
      </Button>
    </div>
  );
}
