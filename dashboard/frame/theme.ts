/** The only file that names colours. One accent, neutral greys, and a fixed meaning for every other colour. */
import { theme as antd, type ThemeConfig } from 'antd';

export type Mode = 'light' | 'dark';

const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const fontFamilyCode = 'ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace';

export interface Palette {
  readonly page: string;
  readonly card: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly textSoft: string;
  readonly accent: string;
  readonly accentText: string;
  readonly accentSoft: string;
  readonly good: string;
  readonly goodSoft: string;
  readonly warn: string;
  readonly warnSoft: string;
  readonly bad: string;
  readonly badSoft: string;
  /** Series of charts and bars of timelines: told apart by colour-blind readers, and by pattern besides. */
  readonly series: {
    readonly talk: string;
    readonly ring: string;
    readonly queue: string;
    readonly hold: string;
    readonly other: string;
  };
}

export const palettes: Record<Mode, Palette> = {
  light: {
    page: '#f4f5f6',
    card: '#ffffff',
    raised: '#ffffff',
    line: '#dcdfe3',
    text: '#1b1f24',
    textSoft: '#59626d',
    accent: '#0f6e84',
    accentText: '#0c6075',
    accentSoft: '#e3f1f4',
    good: '#1a7340',
    goodSoft: '#e4f3ea',
    warn: '#8a5200',
    warnSoft: '#fbf0dc',
    bad: '#b3261e',
    badSoft: '#fbe9e7',
    series: { talk: '#0f6e84', ring: '#c77700', queue: '#7556b8', hold: '#7d8791', other: '#a9b1ba' },
  },
  dark: {
    page: '#121417',
    card: '#1b1e22',
    raised: '#24282d',
    line: '#353a41',
    text: '#e8eaed',
    textSoft: '#a3acb6',
    accent: '#17768c',
    accentText: '#62c4da',
    accentSoft: '#15323a',
    good: '#5cc98a',
    goodSoft: '#16301f',
    warn: '#e5ae4e',
    warnSoft: '#352811',
    bad: '#ff8a80',
    badSoft: '#3d1d1b',
    series: { talk: '#3fa9c0', ring: '#e0a03c', queue: '#a78be0', hold: '#8d97a1', other: '#5d656e' },
  },
};

export function antdTheme(mode: Mode, hasMotion: boolean): ThemeConfig {
  const p = palettes[mode];
  return {
    algorithm: mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: p.accent,
      colorInfo: p.accentText,
      colorLink: p.accentText,
      colorLinkHover: p.text,
      colorSuccess: p.good,
      colorWarning: p.warn,
      colorError: p.bad,
      colorText: p.text,
      colorTextSecondary: p.textSoft,
      colorTextTertiary: p.textSoft,
      colorTextDescription: p.textSoft,
      colorTextPlaceholder: p.textSoft,
      colorBgLayout: p.page,
      colorBgContainer: p.card,
      colorBgElevated: p.raised,
      colorBorder: p.line,
      colorBorderSecondary: p.line,
      fontFamily,
      fontFamilyCode,
      fontSize: 14,
      borderRadius: 6,
      wireframe: false,
      motion: hasMotion,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        defaultHoverColor: p.accentText,
        defaultHoverBorderColor: p.accentText,
        defaultActiveColor: p.accentText,
        defaultActiveBorderColor: p.accentText,
      },
      Table: { cellPaddingInlineSM: 10, cellPaddingBlockSM: 6, headerSplitColor: 'transparent' },
      Tabs: { itemSelectedColor: p.accentText, itemHoverColor: p.accentText, inkBarColor: p.accentText },
      Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px' },
    },
  };
}

/** Puts the palette where the style sheet and plain SVG can read it: `--textSoft`, `--series-talk`. */
export function paintDocument(mode: Mode): void {
  const root = document.documentElement;
  root.dataset['mode'] = mode;
  root.style.colorScheme = mode;
  const { series, ...plain } = palettes[mode];
  for (const [name, colour] of Object.entries(plain)) root.style.setProperty(`--${name}`, colour);
  for (const [name, colour] of Object.entries(series)) root.style.setProperty(`--series-${name}`, colour);
  root.style.setProperty('--font', fontFamily);
  root.style.setProperty('--mono', fontFamilyCode);
}
