import type { RuleOutline } from '#core/contract/mapping.ts';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { curveOf, linesOf, type Line } from './line-paths.ts';
import type { BoardSideView } from './board-side.tsx';
import { ruleKey, ruleWords } from './rule-shape.ts';
import { useSize } from './use-size.ts';
import { useWorkbench } from './workbench.ts';

interface Props {
  readonly rules: readonly RuleOutline[];
  readonly left: BoardSideView;
  readonly right: BoardSideView;
  readonly height: number;
}

/** A line is a button; whoever uses the keyboard finds the same rules in the columns and in the table. */
export function BoardLines({ rules, left, right, height }: Props) {
  const { t } = useTranslation();
  const { chosen, choose, preview } = useWorkbench();
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const lines = useMemo(
    () => linesOf(rules, left.places, right.places, { height, leftScroll: left.scroll, rightScroll: right.scroll }),
    [rules, left, right, height],
  );
  const lost = new Set(preview.result?.trace?.events.map((event) => event.rule));
  const wrong = new Set(preview.result?.problems.filter((one) => one.severity === 'error').map((one) => one.line));
  const chosenKey = chosen === null ? null : ruleKey(chosen);
  const last = (line: Line) => (ruleKey(line.rule) === chosenKey ? 1 : 0);
  return (
    <div ref={box} className="board-lines">
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing cannot hold a field set */}
      <svg width={width} height={height} role="group" aria-label={t('dictionaries.lines')}>
        {lines
          .toSorted((a, b) => last(a) - last(b))
          .map((line) => (
            <RuleLine
              key={line.key}
              line={line}
              width={width}
              className={lineMarks(line, { chosenKey, wrong, lost })}
              onChoose={() => choose(ruleKey(line.rule))}
            />
          ))}
      </svg>
    </div>
  );
}

interface Marks {
  readonly chosenKey: string | null;
  readonly wrong: ReadonlySet<number>;
  readonly lost: ReadonlySet<string>;
}

function lineMarks({ rule, isAway }: Line, { chosenKey, wrong, lost }: Marks): string {
  const marks = [
    isAway && 'line-away',
    ruleKey(rule) === chosenKey && 'line-chosen',
    wrong.has(rule.line) && rule.index !== null ? 'line-wrong' : lost.has(rule.id) && 'line-lost',
    rule.inheritedFrom !== null && 'line-inherited',
  ];
  return ['line', ...marks.filter((mark) => mark !== false)].join(' ');
}

interface RuleLineProps {
  readonly line: Line;
  readonly width: number;
  readonly className: string;
  readonly onChoose: () => void;
}

function RuleLine({ line, width, className, onChoose }: RuleLineProps) {
  const words = ruleWords(line.rule);
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events -- a drawing cannot hold a button; the columns and the table do the same by keyboard
    <g role="button" tabIndex={-1} aria-label={words} className={className} onClick={onChoose}>
      <title>{words}</title>
      <path className="line-reach" d={curveOf(line, width)} />
      <path className="line-ink" d={curveOf(line, width)} />
      <LineEnds line={line} width={width} />
    </g>
  );
}

/** An arrow where a one-way rule leads, a dot at every other end, a square for a constant. */
function LineEnds({ line, width }: { readonly line: Line; readonly width: number }) {
  const { left, right, rule } = line;
  return (
    <>
      {left !== null && rule.direction === 'write' && <polygon points={`0,${left} 8,${left - 4} 8,${left + 4}`} />}
      {left !== null && rule.direction !== 'write' && <circle cx={3} cy={left} r={3} />}
      {right !== null && rule.direction === 'read' && (
        <polygon points={`${width},${right} ${width - 8},${right - 4} ${width - 8},${right + 4}`} />
      )}
      {right !== null && rule.direction !== 'read' && <circle cx={width - 3} cy={right} r={3} />}
      {left === null && right !== null && <rect x={width - 52} y={right - 4} width={8} height={8} />}
      {right === null && left !== null && <rect x={44} y={left - 4} width={8} height={8} />}
    </>
  );
}
