import { ApiOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCan } from '../../frame/me.tsx';
import { PageHeader } from '../../pieces/page-header.tsx';
import { useStartDemo } from './use-start-demo.ts';

/** The one question after set-up: look at recorded calls first, or connect the real systems now. */
export function StartPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canDemo = useCan('demo.manage');
  const demo = useStartDemo();
  return (
    <div className="start">
      <PageHeader title={t('start.title')} text={t('start.text')} />
      {demo.error !== null && <Alert type="error" showIcon className="form-alert" title={demo.error.problem.detail} />}
      <div className="choices">
        {canDemo && (
          <Choice
            icon={<PlayCircleOutlined />}
            title={t('start.demo')}
            text={t(demo.isStarting ? 'start.demoStarting' : 'start.demoText')}
            isBusy={demo.isStarting}
            onChoose={demo.start}
          />
        )}
        <Choice
          icon={<ApiOutlined />}
          title={t('start.connect')}
          text={t('start.connectText')}
          isBusy={false}
          onChoose={() => void navigate('/connections/new')}
        />
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly isBusy: boolean;
  readonly onChoose: () => void;
}

export function Choice({ icon, title, text, isBusy, onChoose }: ChoiceProps) {
  return (
    <button type="button" className="choice" disabled={isBusy} aria-busy={isBusy} onClick={onChoose}>
      <span className="choice-icon" aria-hidden>
        {icon}
      </span>
      <strong>{title}</strong>
      <span className="soft">{text}</span>
    </button>
  );
}
