import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../../frame/appearance.tsx';
import { languages } from '../../frame/language.ts';
import { languageNames } from '../../frame/language-names.ts';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

/** The pages before sign-in: one calm column and a choice of language. */
export function FrontPage({ title, text, children }: Props) {
  const { t } = useTranslation();
  const { language, setLanguage } = useAppearance();
  useEffect(() => {
    document.title = `${title} · ${t('frame.product')}`;
  }, [title, t]);
  return (
    <main className="front">
      <p className="brand">{t('frame.product')}</p>
      <h1>{title}</h1>
      <p className="soft">{text}</p>
      {children}
      <Segmented
        className="front-language"
        aria-label={t('settings.language')}
        value={language}
        onChange={setLanguage}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
    </main>
  );
}
