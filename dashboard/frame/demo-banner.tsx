import { ExperimentOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { demoGet, demoRemove } from '#core/contract/api/system.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteMutation } from '../api/use-route.ts';
import { useCan } from './me.tsx';

/** Says that recorded calls are playing, and takes everything of theirs away again. */
export function DemoBanner() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const canRead = useCan('system.read');
  const canManage = useCan('demo.manage');
  const demo = useRoute(demoGet, {}, { enabled: canRead, refetchMs: 10_000 });
  const remove = useRouteMutation(demoRemove, { onDone: () => void queries.invalidateQueries() });
  if (demo.data?.running !== true) return null;

  const confirmRemove = () => {
    modal.confirm({
      title: t('demo.removeTitle'),
      content: t('demo.removeText'),
      okText: t('demo.remove'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync({}),
    });
  };
  return (
    <section className="demo-banner" aria-label={t('demo.label')}>
      <span>
        <ExperimentOutlined aria-hidden /> {t('demo.running', { count: demo.data.callsPlayed })}
      </span>
      <span className="demo-actions">
        {demo.data.crmUrl !== null && (
          <a href={demo.data.crmUrl} target="_blank" rel="noreferrer">
            {t('demo.crm')}
          </a>
        )}
        {canManage && (
          <Button size="small" onClick={confirmRemove} loading={remove.isPending}>
            {t('demo.remove')}
          </Button>
        )}
      </span>
    </section>
  );
}
