import type { Interaction, InteractionLeg } from '#core/contract/interaction.ts';
import { Segmented } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clockDuration } from '../../pieces/format.ts';
import { useNow } from '../../pieces/now.ts';
import { barsOf, scaleOf, type Bar, type Fill, type Scale } from './timeline-scale.ts';
import { FillPatterns, fills } from './timeline-fills.tsx';
import { TimelineTable } from './timeline-table.tsx';

/** Every leg on one time axis; each state has its own pattern as well as its own colour. */
export function Timeline({ interaction }: { readonly interaction: Interaction }) {
  const { t } = useTranslation();
  const now = useNow();
  const id = useId();
  const [view, setView] = useState<'bars' | 'table'>('bars');
  const scale = scaleOf(interaction, now);
  return (
    <section className="panel timeline" aria-label={t('timeline.title')}>
      <div className="panel-head">
        <h2>{t('timeline.title')}</h2>
        <Segmented
          size="small"
          aria-label={t('pieces.chart.view')}
          value={view}
          onChange={setView}
          options={[
            { value: 'bars', label: t('timeline.bars') },
            { value: 'table', label: t('pieces.chart.table') },
          ]}
        />
      </div>
      <FillPatterns id={id} />
      {interaction.legs.length === 0 && <p className="soft">{t('timeline.none')}</p>}
      {interaction.legs.length > 0 && view === 'table' && <TimelineTable interaction={interaction} scale={scale} />}
      {interaction.legs.length > 0 && view === 'bars' && (
        <>
          <Axis scale={scale} />
          <ul>
            {interaction.legs.map((leg) => (
              <LegRow key={leg.legId} leg={leg} scale={scale} patterns={id} />
            ))}
          </ul>
          <Legend patterns={id} />
        </>
      )}
    </section>
  );
}

function Axis({ scale }: { readonly scale: Scale }) {
  return (
    <div className="axis" aria-hidden>
      {scale.marks.map((mark) => (
        <span key={mark} style={{ left: `${(mark / scale.lastsMs) * 100}%` }}>
          {clockDuration(mark)}
        </span>
      ))}
    </div>
  );
}

interface LegProps {
  readonly leg: InteractionLeg;
  readonly scale: Scale;
  readonly patterns: string;
}

function LegRow({ leg, scale, patterns }: LegProps) {
  const { t } = useTranslation();
  const name = leg.agent ?? leg.device;
  return (
    <li className="leg">
      <p className="leg-name">
        <strong className="figures">{name}</strong> <span className="soft">{t(`timeline.role.${leg.role}`)}</span>
        {leg.result !== null && <span className="soft"> · {t(`timeline.result.${leg.result}`)}</span>}
      </p>
      <ol className="leg-bars">
        {barsOf(leg, scale).map((bar) => (
          <SpanBar key={`${bar.state}-${bar.startsAfterMs}`} bar={bar} who={name} patterns={patterns} />
        ))}
      </ol>
    </li>
  );
}

interface BarProps {
  readonly bar: Bar;
  readonly who: string;
  readonly patterns: string;
}

function SpanBar({ bar, who, patterns }: BarProps) {
  const { t } = useTranslation();
  const words = t('timeline.bar', {
    who,
    state: t(`timeline.state.${bar.state}`),
    after: clockDuration(bar.startsAfterMs),
    lasts: clockDuration(bar.lastsMs),
  });
  return (
    <li className="leg-bar" style={{ left: `${bar.left}%`, width: `${bar.width}%` }}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- each bar can be read by keyboard, like its hover text */}
      <svg role="img" tabIndex={0} aria-label={words} width="100%" height="20">
        <title>{words}</title>
        <FilledBox fill={bar.fill} patterns={patterns} />
      </svg>
    </li>
  );
}

function FilledBox({ fill, patterns }: { readonly fill: Fill; readonly patterns: string }) {
  return <rect width="100%" height="100%" rx="3" fill={`url(#${patterns}-${fill})`} stroke={`var(--series-${fill})`} />;
}

function Legend({ patterns }: { readonly patterns: string }) {
  const { t } = useTranslation();
  return (
    <ul className="legend">
      {fills.map((fill) => (
        <li key={fill}>
          <svg width="22" height="12" aria-hidden>
            <FilledBox fill={fill} patterns={patterns} />
          </svg>
          {t(`timeline.fill.${fill}`)}
        </li>
      ))}
    </ul>
  );
}
