import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined, WarningFilled } from '@ant-design/icons';
import type { RuleOutline } from '#core/contract/mapping.ts';
import { Button } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { ScrollTable } from '../../pieces/scroll-table.tsx';
import { EmptyState } from '../../pieces/states.tsx';
import { shortValue } from '../../pieces/short-value.ts';
import { nextIndex, ownRuleKey, rowOf, ruleKey, ruleWords, stepLine } from './rule-shape.ts';
import { useFieldLabels } from './use-field-labels.ts';
import { useWorkbench } from './workbench.ts';

/** The same rules without lines: dense, in their order, with what the sample makes of each. */
export function RuleTable() {
  const { t } = useTranslation();
  const { outline, document, choose, canWrite } = useWorkbench();
  const rules = outline?.rules ?? [];
  const add = () => {
    choose(ownRuleKey(nextIndex(rules)));
    void document.applyEdits([{ kind: 'addRule', rule: { to: 'custom.field', from: 'field' } }]);
  };
  return (
    <div className="panel rule-table">
      {canWrite && (
        <div className="panel-head">
          <Button size="small" icon={<PlusOutlined />} onClick={add} disabled={outline === null}>
            {t('dictionaries.addRule')}
          </Button>
        </div>
      )}
      {rules.length === 0 ? (
        <EmptyState title={t('dictionaries.noRules')} text={t('dictionaries.noRulesText')} />
      ) : (
        <ScrollTable label={t('dictionaries.rules')}>
          <thead>
            <tr>
              <th scope="col">{t('dictionaries.recordSide')}</th>
              <th scope="col">
                <span className="unseen">{t('dictionaries.ways')}</span>
              </th>
              <th scope="col">{t('dictionaries.entitySide')}</th>
              <th scope="col">{t('dictionaries.stepsHead')}</th>
              <th scope="col">{t('dictionaries.in')}</th>
              <th scope="col">{t('dictionaries.out')}</th>
              {canWrite && (
                <th scope="col">
                  <span className="unseen">{t('dictionaries.moves')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <RuleRow key={ruleKey(rule)} rule={rule} />
            ))}
          </tbody>
        </ScrollTable>
      )}
    </div>
  );
}

function RuleRow({ rule }: { readonly rule: RuleOutline }) {
  const { t } = useTranslation();
  const { chosen, choose, sample, preview, canWrite } = useWorkbench();
  const trace = preview.result?.trace ?? null;
  const runs = trace !== null && (rule.direction === 'both' || rule.direction === trace.direction);
  const row = runs ? rowOf(trace, rule.id) : null;
  const loss = trace?.events.find((event) => event.rule === rule.id);
  const labels = useFieldLabels(rule);
  const isChosen = chosen !== null && ruleKey(chosen) === ruleKey(rule);
  return (
    <tr className={isChosen ? 'rule-row rule-chosen' : 'rule-row'} onClick={() => choose(ruleKey(rule))}>
      <th scope="row">
        <button
          type="button"
          className="link-button"
          aria-label={ruleWords(rule)}
          onClick={(event) => {
            event.stopPropagation();
            choose(ruleKey(rule));
          }}
        >
          <PathText text={rule.from.length === 0 ? shortValue(rule.value) : rule.from.join(' + ')} />
        </button>
        <span className="rule-label">{labels.record}</span>
      </th>
      <td aria-label={t(`dictionaries.way.${rule.direction}`)}>
        {{ both: '↔', read: '→', write: '←' }[rule.direction]}
      </td>
      <td>
        <PathText text={rule.to.length === 0 ? shortValue(rule.value) : rule.to.join(' + ')} />
        <span className="rule-label">{labels.entity}</span>
        {rule.inheritedFrom !== null && (
          <span className="field-tag">{t('dictionaries.inherited', { name: rule.inheritedFrom })}</span>
        )}
      </td>
      <td className="rule-steps">{stepLine(rule, sample.direction)}</td>
      <td className="rule-value">{shortValue(row?.from)}</td>
      <td className="rule-value">
        {loss !== undefined && (
          <WarningFilled
            className="field-warn"
            title={`${t(`dictionaries.lost.${loss.kind}`)}: ${loss.reason}`}
            aria-label={t(`dictionaries.lost.${loss.kind}`)}
          />
        )}{' '}
        {shortValue(row?.to)}
      </td>
      {canWrite && (
        <td>
          <RuleMoves rule={rule} />
        </td>
      )}
    </tr>
  );
}

/** A path may be broken behind its marks, not in the middle of a name. */
function PathText({ text }: { readonly text: string }) {
  return (
    <code>
      {text.split(/(?<=[._=\]])/u).map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- parts of one text, in its order
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}

function RuleMoves({ rule }: { readonly rule: RuleOutline }) {
  const { t } = useTranslation();
  const { outline, document, choose } = useWorkbench();
  const { index } = rule;
  if (index === null) return null;
  const last = nextIndex(outline?.rules ?? []) - 1;
  const name = ruleWords(rule);
  const move = (to: number) => {
    choose(ownRuleKey(to));
    void document.applyEdits([{ kind: 'moveRule', index, to }]);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- keeps the row from taking the click
    <span className="row-moves" onClick={(event) => event.stopPropagation()}>
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        aria-label={t('dictionaries.moveUp', { name })}
        disabled={index === 0}
        onClick={() => move(index - 1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        aria-label={t('dictionaries.moveDown', { name })}
        disabled={index === last}
        onClick={() => move(index + 1)}
      />
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={t('dictionaries.removeRule', { name })}
        onClick={() => {
          choose(null);
          void document.applyEdits([{ kind: 'removeRule', index }]);
        }}
      />
    </span>
  );
}
