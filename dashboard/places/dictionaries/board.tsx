import type { JsonValue } from '#core/contract/json.ts';
import type { RuleOutline } from '#core/contract/mapping.ts';
import { Alert, App } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../frame/shortcuts.ts';
import { useEntityLabel } from '../../pieces/use-entity-label.ts';
import { BoardLines } from './board-lines.tsx';
import { BoardSide, type BoardSideView } from './board-side.tsx';
import { DescribedBy } from './described-by.tsx';
import { entityRows, recordRows } from './field-rows.ts';
import { nextIndex, ownRuleKey, pathsOf, rowOf, ruleBetween, ruleKey, sideValue } from './rule-shape.ts';
import { useSize } from './use-size.ts';
import { useWorkbench, type Workbench } from './workbench.ts';

type SideName = 'record' | 'entity';
interface Pick {
  readonly side: SideName;
  readonly path: string;
}

/** The record's fields, the entity's fields, and a line for every rule between them. */
export function Board() {
  const { t } = useTranslation();
  const bench = useWorkbench();
  const { outline, fields, chosen } = bench;
  const rules = useMemo(() => outline?.rules ?? [], [outline]);
  const [picked, setPicked] = useState<Pick | null>(null);
  const [left, setLeft] = useState<BoardSideView>({ scroll: 0, places: new Map() });
  const [right, setRight] = useState<BoardSideView>({ scroll: 0, places: new Map() });
  const box = useRef<HTMLDivElement>(null);
  const { height } = useSize(box);
  const values = useSampleValues(bench);
  useShortcut('Escape', t('dictionaries.dropPick'), picked === null ? null : () => setPicked(null));

  const entityLabel = useEntityLabel();
  const order = useOpeningOrder(rules);
  const usedLeft = useMemo(() => rules.flatMap((rule) => rule.from), [rules]);
  const usedRight = useMemo(() => rules.flatMap((rule) => rule.to), [rules]);
  const leftRows = useMemo(() => recordRows(fields?.fields ?? [], usedLeft, order), [fields, usedLeft, order]);
  const rightRows = useMemo(
    () => (outline === null ? [] : entityRows(outline.entity, usedRight, (path) => entityLabel(outline.entity, path))),
    [outline, usedRight, entityLabel],
  );
  const pick = usePick(bench, picked, setPicked);
  const common = { height, values, chosen, canPick: bench.canWrite };
  return (
    <>
      {outline !== null && bench.preview.result?.outline === null && (
        <Alert type="warning" showIcon className="form-alert" title={t('dictionaries.unreadable')} />
      )}
      <DescribedBy />
      <div className="board">
        <BoardSide
          {...common}
          label={t('dictionaries.recordFields')}
          hint={t('dictionaries.recordSide')}
          rows={leftRows}
          rules={rules}
          pathsOf={fromOf}
          picked={picked?.side === 'record' ? picked.path : null}
          onPick={(path) => pick({ side: 'record', path })}
          onView={setLeft}
        />
        <div className="board-middle" ref={box}>
          <BoardLines rules={rules} left={left} right={right} height={height} />
        </div>
        <BoardSide
          {...common}
          label={t('dictionaries.entityFields')}
          hint={t('dictionaries.entitySide')}
          rows={rightRows}
          rules={rules}
          pathsOf={toOf}
          picked={picked?.side === 'entity' ? picked.path : null}
          onPick={(path) => pick({ side: 'entity', path })}
          onView={setRight}
        />
      </div>
      <output className="soft board-hint block">
        {picked === null
          ? t(bench.canWrite ? 'dictionaries.boardHint' : 'dictionaries.boardHintRead')
          : t(picked.side === 'record' ? 'dictionaries.pickEntity' : 'dictionaries.pickRecord', { field: picked.path })}
      </output>
    </>
  );
}

const fromOf = (rule: RuleOutline) => rule.from;
const toOf = (rule: RuleOutline) => rule.to;

/** The order of the rules when they were first seen; later changes do not move rows about. */
function useOpeningOrder(rules: readonly RuleOutline[]): readonly string[] {
  const [order, setOrder] = useState<readonly string[]>([]);
  if (order.length === 0 && rules.length > 0) setOrder(rules.flatMap((rule) => rule.from));
  return order;
}

/** A field on each side makes a rule. A field that is mapped already opens its rule instead of getting a second one. */
function usePick(bench: Workbench, picked: Pick | null, setPicked: (pick: Pick | null) => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { outline, document, choose, canWrite } = bench;
  return (next: Pick) => {
    const rules = outline?.rules ?? [];
    const mapped = rules.find((rule) => (next.side === 'record' ? rule.from : rule.to).includes(next.path));
    const isOther = picked !== null && picked.side !== next.side;
    const record = next.side === 'record' ? next : picked;
    const entity = next.side === 'entity' ? next : picked;
    const isFree = entity !== null && !rules.some((rule) => rule.to.includes(entity.path));
    if (canWrite && isOther && isFree && record !== null) {
      const rule = ruleBetween(record.path, entity.path);
      setPicked(null);
      choose(ownRuleKey(nextIndex(rules)));
      void document.applyEdits([{ kind: 'addRule', rule }]);
      void message.success(t('dictionaries.ruleAdded', { record: record.path, entity: pathsOf(rule['to']).join() }));
      return;
    }
    const isSame = picked?.side === next.side && picked.path === next.path;
    setPicked(isSame || !canWrite ? null : next);
    if (mapped !== undefined && !isSame) choose(ruleKey(mapped));
  };
}

export interface ShownValue {
  readonly value: JsonValue | undefined;
  readonly isLost: boolean;
}

/** What the sample puts into each field of either side. */
function useSampleValues({ preview, outline }: Workbench): ReadonlyMap<string, ShownValue> {
  const trace = preview.result?.trace ?? null;
  return useMemo(() => {
    const values = new Map<string, ShownValue>();
    if (trace === null || outline === null) return values;
    const lost = new Set(trace.events.map((event) => event.rule));
    for (const rule of outline.rules) {
      const row = rowOf(trace, rule.id);
      if (row === null || (rule.direction !== 'both' && rule.direction !== trace.direction)) continue;
      for (const [side, paths] of [
        ['read', rule.from],
        ['write', rule.to],
      ] as const) {
        const isInput = side === trace.direction;
        for (const path of paths) {
          values.set(path, { value: sideValue(rule, path, { row, isInput }), isLost: !isInput && lost.has(rule.id) });
        }
      }
    }
    return values;
  }, [trace, outline]);
}
