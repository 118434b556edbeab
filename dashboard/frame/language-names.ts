import type { Language } from './language.ts';

/** Each language by its own name, so its readers find it whatever is shown now. */
export const languageNames: Record<Language, string> = { en: 'English', 'zh-CN': '简体中文' };
