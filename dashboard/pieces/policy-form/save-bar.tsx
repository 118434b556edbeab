import { Alert, Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from './use-draft.ts';

interface Props {
  readonly draft: Pick<Draft<unknown>, 'isChanged' | 'problem' | 'discard'>;
  readonly isSaving: boolean;
  readonly onSave: () => void;
  /** Somebody else saved meanwhile: reads what is stored now. */
  readonly onReload: () => void;
}

/** Stays in sight as long as something is not saved, so that a change is never forgotten. */
export function SaveBar({ draft, isSaving, onSave, onReload }: Props) {
  const { t } = useTranslation();
  const { isChanged, problem, discard } = draft;
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem === null) return;
    bar.current?.parentElement?.querySelector('.field-fault')?.scrollIntoView({ block: 'center' });
  }, [problem]);
  return (
    <div className={isChanged ? 'save-bar save-bar-changed' : 'save-bar'} ref={bar}>
      {problem !== null && <Alert type="error" showIcon className="form-alert" title={problem.problem.detail} />}
      <div className="form-actions">
        <Button type="primary" disabled={!isChanged} loading={isSaving} onClick={onSave}>
          {t('pieces.save')}
        </Button>
        <Button disabled={!isChanged || isSaving} onClick={discard}>
          {t('policy.discard')}
        </Button>
        {problem?.code === 'resource.conflict' && (
          <Button
            onClick={() => {
              discard();
              onReload();
            }}
          >
            {t('policy.reload')}
          </Button>
        )}
        <output className="soft save-bar-state">{isChanged ? t('policy.unsaved') : ''}</output>
      </div>
    </div>
  );
}
