import { App as AntdApp, ConfigProvider } from 'antd';
import type { Locale as AntdLocale } from 'antd/es/locale';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { switchLanguage, type Language } from './language.ts';
import { recall, remember } from './preferences.ts';
import { antdTheme, paintDocument, palettes, type Mode, type Palette } from './theme.ts';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

interface Appearance {
  readonly language: Language;
  readonly mode: Mode;
  readonly palette: Palette;
  readonly themeChoice: ThemeChoice;
  readonly setLanguage: (language: Language) => void;
  readonly setTheme: (choice: ThemeChoice) => void;
}
const AppearanceContext = createContext<Appearance | null>(null);

export function useAppearance(): Appearance {
  const appearance = useContext(AppearanceContext);
  if (appearance === null) throw new Error('useAppearance outside AppearanceProvider');
  return appearance;
}

function useMedia(condition: string): boolean {
  const query = useMemo(() => window.matchMedia(condition), [condition]);
  const [isTrue, setTrue] = useState(query.matches);
  useEffect(() => {
    const onChange = () => setTrue(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, [query]);
  return isTrue;
}

function keptTheme(): ThemeChoice {
  const kept = recall('theme');
  return themeChoices.find((choice) => choice === kept) ?? 'system';
}

interface ProviderProps {
  readonly language: Language;
  readonly antdLocale: AntdLocale;
  readonly children: ReactNode;
}

export function AppearanceProvider({ language: first, antdLocale, children }: ProviderProps) {
  const [language, setLanguage] = useState(first);
  const [locale, setLocale] = useState(antdLocale);
  const [themeChoice, setThemeChoice] = useState(keptTheme);
  const systemMode = useMedia('(prefers-color-scheme: dark)') ? 'dark' : 'light';
  const hasMotion = !useMedia('(prefers-reduced-motion: reduce)');
  const mode = themeChoice === 'system' ? systemMode : themeChoice;
  useEffect(() => paintDocument(mode), [mode]);

  const appearance = useMemo<Appearance>(() => {
    const change = async (next: Language) => {
      setLocale(await switchLanguage(next));
      setLanguage(next);
    };
    return {
      language,
      mode,
      palette: palettes[mode],
      themeChoice,
      setLanguage: (next) => void change(next),
      setTheme(choice) {
        remember('theme', choice);
        setThemeChoice(choice);
      },
    };
  }, [language, mode, themeChoice]);
  const theme = useMemo(() => antdTheme(mode, hasMotion), [mode, hasMotion]);
  return (
    <AppearanceContext.Provider value={appearance}>
      <ConfigProvider theme={theme} locale={locale} componentSize="middle" button={{ autoInsertSpace: false }}>
        <AntdApp component={false} notification={{ placement: 'topRight', top: 56 }}>
          {children}
        </AntdApp>
      </ConfigProvider>
    </AppearanceContext.Provider>
  );
}
