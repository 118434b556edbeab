import { z } from 'zod';

/** A text shown to people, in every language of the dashboard. Connectors carry their own texts in this form. */
export const localeText = z.object({ en: z.string(), 'zh-CN': z.string() });
export type LocaleText = z.output<typeof localeText>;
