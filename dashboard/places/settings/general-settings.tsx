import { systemInfo, demoGet } from '#core/contract/api/system.ts';
import { Alert, Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { themeChoices, useAppearance } from '../../frame/appearance.tsx';
import { languageNames } from '../../frame/language-names.ts';
import { languages } from '../../frame/language.ts';
import { useCan } from '../../frame/me.tsx';
import { QueryStates } from '../../pieces/states.tsx';
import { When } from '../../pieces/times.tsx';
import { useStartDemo } from '../set-up/use-start-demo.ts';

/** What the dashboard looks like, the demo, and what this hub is. */
export function GeneralSettings() {
  const { t } = useTranslation();
  const { language, setLanguage, themeChoice, setTheme } = useAppearance();
  const canRead = useCan('system.read');
  const canDemo = useCan('demo.manage');
  return (
    <>
      <section className="panel settings" aria-label={t('settings.look')}>
        <h2>{t('settings.language')}</h2>
        <Segmented
          aria-label={t('settings.language')}
          value={language}
          onChange={setLanguage}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
        <h2>{t('settings.theme')}</h2>
        <Segmented
          aria-label={t('settings.theme')}
          value={themeChoice}
          onChange={setTheme}
          options={themeChoices.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
        />
      </section>
      {canDemo && <Demo />}
      {canRead && <About />}
    </>
  );
}

function Demo() {
  const { t } = useTranslation();
  const state = useRoute(demoGet, {});
  const demo = useStartDemo();
  if (state.data === undefined || state.data.running) return null;
  return (
    <section className="panel settings" aria-label={t('start.demo')}>
      <h2>{t('start.demo')}</h2>
      <p className="soft">{t('start.demoText')}</p>
      {demo.error !== null && <Alert type="error" showIcon title={demo.error.problem.detail} />}
      <Button onClick={demo.start} loading={demo.isStarting}>
        {t('settings.startDemo')}
      </Button>
    </section>
  );
}

function About() {
  const { t } = useTranslation();
  const info = useRoute(systemInfo, {});
  return (
    <section className="panel settings" aria-label={t('settings.about')}>
      <h2>{t('settings.about')}</h2>
      <QueryStates query={info} skeletonRows={3}>
        {(data) => (
          <dl className="facts">
            <dt>{t('settings.version')}</dt>
            <dd>{data.version}</dd>
            <dt>{t('settings.started')}</dt>
            <dd>
              <When atMs={Date.parse(data.startedAt)} />
            </dd>
            <dt>{t('settings.roles')}</dt>
            <dd>{data.roles.join(', ')}</dd>
            <dt>{t('settings.database')}</dt>
            <dd>{t(`settings.databases.${data.database}`)}</dd>
            <dt>{t('settings.queue')}</dt>
            <dd>{t(`settings.queues.${data.queue}`)}</dd>
          </dl>
        )}
      </QueryStates>
    </section>
  );
}
