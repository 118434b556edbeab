import { BarChart as Bars } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../frame/appearance.tsx';
import type { Palette } from '../frame/theme.ts';
import { shortTime } from './format.ts';
import type { Series } from './history-chart.tsx';

use([Bars, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface Props {
  readonly title: string;
  readonly times: readonly number[];
  readonly series: readonly Series[];
}

export function BarChart({ title, times, series }: Props) {
  const { i18n, t } = useTranslation();
  const { palette } = useAppearance();
  const box = useRef<HTMLElement>(null);
  const chart = useRef<ReturnType<typeof init> | null>(null);

  useEffect(() => {
    if (box.current === null) return undefined;
    const made = init(box.current, null, { renderer: 'svg' });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    const labels = times.map((atMs) => shortTime(atMs, i18n.language));
    chart.current?.setOption(chartOption(labels, series, palette), { notMerge: true });
  }, [times, series, palette, i18n.language]);

  const totals = series.map((one) => `${one.name} ${one.values.reduce((sum, value) => sum + value, 0)}`).join(', ');
  return <figure ref={box} className="chart" aria-label={t('pieces.chart.summary', { title, totals })} />;
}

function chartOption(labels: readonly string[], series: readonly Series[], palette: Palette) {
  const text = { color: palette.textSoft, fontSize: 11 };
  return {
    animation: false,
    aria: { enabled: false, decal: { show: true } },
    grid: { left: 8, right: 8, top: 28, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: palette.text } },
    tooltip: {
      trigger: 'axis',
      backgroundColor: palette.raised,
      borderColor: palette.line,
      textStyle: { color: palette.text },
    },
    xAxis: {
      type: 'category',
      data: labels,
      axisLabel: { ...text, interval: 11 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: text,
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: series.map((one) => ({
      type: 'bar',
      name: one.name,
      stack: 'all',
      data: one.values,
      barCategoryGap: '15%',
      itemStyle: { color: one.colour },
    })),
  };
}
