import { DisconnectOutlined, LinkOutlined, LockOutlined, WarningFilled } from '@ant-design/icons';
import type { RuleOutline } from '#core/contract/mapping.ts';
import { Input, Select } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownValue } from './board.tsx';
import { matchingRows, type FieldRow } from './field-rows.ts';
import { rowHeight, windowOf } from './line-paths.ts';
import { shortValue } from '../../pieces/short-value.ts';
import { useWord } from '../../pieces/use-word.ts';
import { ruleKey } from './rule-shape.ts';
import { useRowFocus } from './use-row-focus.ts';

/** Where the rows of a side stand right now; lines are drawn from this. */
export interface BoardSideView {
  readonly scroll: number;
  readonly places: ReadonlyMap<string, number>;
}
interface Props {
  readonly label: string;
  /** In the empty search field. */
  readonly hint: string;
  readonly rows: readonly FieldRow[];
  readonly rules: readonly RuleOutline[];
  readonly pathsOf: (rule: RuleOutline) => readonly string[];
  readonly height: number;
  readonly values: ReadonlyMap<string, ShownValue>;
  readonly chosen: RuleOutline | null;
  readonly canPick: boolean;
  readonly picked: string | null;
  readonly onPick: (path: string) => void;
  readonly onView: (view: BoardSideView) => void;
}
const shows = ['all', 'mapped', 'free'] as const;

export function BoardSide(props: Props) {
  const { t } = useTranslation();
  const { label, rows, rules, pathsOf, height, chosen, picked, onPick, onView } = props;
  const [search, setSearch] = useState('');
  const [show, setShow] = useState<(typeof shows)[number]>('all');
  const [scroll, setScroll] = useState(0);
  const mapped = useMemo(() => new Set(rules.flatMap((rule) => pathsOf(rule))), [rules, pathsOf]);
  const shown = useMemo(
    () => matchingRows(rows, search, (row) => show === 'all' || mapped.has(row.path) === (show === 'mapped')),
    [rows, search, show, mapped],
  );
  useEffect(() => {
    onView({ scroll, places: new Map(shown.map((row, index) => [row.path, index])) });
  }, [onView, scroll, shown]);
  const chosenPaths = chosen === null ? [] : pathsOf(chosen);
  const { list, active, setActive, reveal, onKeyDown } = useRowFocus(shown.length);
  useReveal(reveal, shown, { key: chosen === null ? null : ruleKey(chosen), paths: chosenPaths });
  const [first, end] = windowOf(shown.length, scroll, height);
  return (
    <section className="board-side" aria-label={label}>
      <div className="board-search">
        <Input
          size="small"
          type="search"
          allowClear
          aria-label={t('dictionaries.searchIn', { side: label })}
          placeholder={props.hint}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Select
          size="small"
          aria-label={t('dictionaries.showOf', { side: label })}
          value={show}
          onChange={setShow}
          popupMatchSelectWidth={false}
          options={shows.map((value) => ({ value, label: t(`dictionaries.show.${value}`) }))}
        />
      </div>
      <div ref={list} className="board-rows" onScroll={(event) => setScroll(event.currentTarget.scrollTop)}>
        <ul style={{ height: shown.length * rowHeight }}>
          {shown.slice(first, end).map((row, offset) => {
            const index = first + offset;
            return (
              <li key={row.path} style={{ top: index * rowHeight, height: rowHeight }}>
                <button
                  type="button"
                  data-row={index}
                  tabIndex={active === index ? 0 : -1}
                  aria-pressed={picked === row.path}
                  className={chosenPaths.includes(row.path) ? 'field field-chosen' : 'field'}
                  onKeyDown={onKeyDown}
                  onClick={() => {
                    setActive(index);
                    onPick(row.path);
                  }}
                >
                  <FieldText row={row} isMapped={mapped.has(row.path)} shown={props.values.get(row.path)} />
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

interface FieldTextProps {
  readonly row: FieldRow;
  readonly isMapped: boolean;
  readonly shown: ShownValue | undefined;
}

function FieldText({ row, isMapped, shown }: FieldTextProps) {
  const { t } = useTranslation();
  const word = useWord();
  const value = shown?.value === undefined ? '' : shortValue(shown.value);
  return (
    <span
      className="field-text"
      style={{ paddingInlineStart: row.depth * 10 }}
      title={[row.label, row.path, value].filter((part) => part !== '').join('\n')}
    >
      <span className="field-head">
        <span className={isMapped ? 'field-label' : 'field-label soft'}>{row.label}</span>
        {row.isRequired && (
          <span className="field-mark field-required" title={t('dictionaries.required')}>
            <span aria-hidden>*</span>
            <span className="unseen">{t('dictionaries.required')}</span>
          </span>
        )}
        {row.isReadOnly && (
          <LockOutlined className="soft" title={t('dictionaries.readOnly')} aria-label={t('dictionaries.readOnly')} />
        )}
        {row.isDeprecated && <span className="field-tag">{t('dictionaries.deprecated')}</span>}
        {!row.isKnown && (
          <DisconnectOutlined
            className="field-warn"
            title={t('dictionaries.unknown')}
            aria-label={t('dictionaries.unknown')}
          />
        )}
        {shown?.isLost === true && (
          <WarningFilled
            className="field-warn"
            title={t('dictionaries.lossHere')}
            aria-label={t('dictionaries.lossHere')}
          />
        )}
        {value !== '' && <span className="field-value">{value}</span>}
      </span>
      <span className="field-foot">
        {isMapped && <LinkOutlined title={t('dictionaries.filled')} aria-hidden />}
        {row.label !== row.path && <code>{row.path}</code>}
        {row.type !== '' && <span className="nowrap">{word(`fieldType.${row.type}`, row.type)}</span>}
        {!isMapped && <span className="unseen">{t('dictionaries.notMapped')}</span>}
      </span>
    </span>
  );
}

/** The ends of the chosen rule are brought into view, once for each choice. */
function useReveal(
  reveal: (index: number) => void,
  shown: readonly FieldRow[],
  { key, paths }: { readonly key: string | null; readonly paths: readonly string[] },
) {
  const revealed = useRef<string | null>(null);
  useEffect(() => {
    if (key === revealed.current) return;
    revealed.current = key;
    const index = shown.findIndex((row) => paths.includes(row.path));
    if (index >= 0) reveal(index);
  }, [reveal, shown, key, paths]);
}
