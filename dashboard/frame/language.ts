import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale as AntdLocale } from 'antd/es/locale';
import type en from '../locales/en.json';
import { recall, remember } from './preferences.ts';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** Locale files load on demand: a reader of one language never downloads the other. */
const loaders: Record<Language, () => Promise<{ texts: object; antd: AntdLocale }>> = {
  en: async () => {
    const [texts, antd] = await Promise.all([import('../locales/en.json'), import('antd/locale/en_US')]);
    return { texts: texts.default, antd: antd.default };
  },
  'zh-CN': async () => {
    const [texts, antd, dayjs] = await Promise.all([
      import('../locales/zh-CN.json'),
      import('antd/locale/zh_CN'),
      import('dayjs'),
      import('dayjs/locale/zh-cn'),
    ]);
    dayjs.default.locale('zh-cn');
    return { texts: texts.default, antd: antd.default };
  },
};

export function isLanguage(text: string | null): text is Language {
  return languages.some((language) => language === text);
}

export function preferredLanguage(): Language {
  const kept = recall('language');
  if (isLanguage(kept)) return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export async function switchLanguage(language: Language): Promise<AntdLocale> {
  const { texts, antd } = await loaders[language]();
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      resources: {},
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  }
  i18next.addResourceBundle(language, 'translation', texts, true, true);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  remember('language', language);
  return antd;
}
