import {
  CheckCircleFilled,
  CloseCircleFilled,
  CloudUploadOutlined,
  EditOutlined,
  ExclamationCircleFilled,
  LoadingOutlined,
  RollbackOutlined,
} from '@ant-design/icons';
import { discardDraft, getDictionary, listDictionaries, saveDraft } from '#core/contract/api/dictionaries.ts';
import { App, Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRouteMutation } from '../../api/use-route.ts';
import { useRefusal } from '../../desk-session/use-desk-actions.ts';
import { useAppearance } from '../../frame/appearance.tsx';
import { useCan } from '../../frame/me.tsx';
import { useShortcut } from '../../frame/shortcuts.ts';
import { PageHeader } from '../../pieces/page-header.tsx';
import { StatusMark } from '../../pieces/status.tsx';
import { LiveVersion } from './document-row.tsx';
import { isSame } from './document-state.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { titleOf } from './words.ts';
import { useWorkbench } from './workbench.ts';

export function EditorHeader() {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const { summary, canWrite, document } = useWorkbench();
  const { state, change } = document;
  const canUndo = state.past.length > 0;
  const canRedo = state.future.length > 0;
  const undo = () => change({ type: 'undo' });
  const redo = () => change({ type: 'redo' });
  useShortcut('u', t('dictionaries.undo'), canUndo ? undo : null);
  useShortcut('U', t('dictionaries.redo'), canRedo ? redo : null);
  return (
    <PageHeader
      title={titleOf(summary, language)}
      text={
        <>
          <Link to="/dictionaries">{t('places.dictionaries')}</Link> / <code>{summary.name}</code>
          {summary.object !== null && <span> · {summary.object}</span>}
          {summary.entity !== null && <span> ↔ {t(`entity.${summary.entity}.kind`)}</span>} ·{' '}
          <LiveVersion document={summary} />
        </>
      }
    >
      <SaveState />
      {canWrite && (
        <>
          <Tooltip title={t('dictionaries.undo')}>
            <Button
              icon={<RollbackOutlined />}
              aria-label={t('dictionaries.undo')}
              disabled={!canUndo}
              onClick={undo}
            />
          </Tooltip>
          <Tooltip title={t('dictionaries.redo')}>
            <Button
              icon={<RollbackOutlined className="mirrored" />}
              aria-label={t('dictionaries.redo')}
              disabled={!canRedo}
              onClick={redo}
            />
          </Tooltip>
          <DiscardButton />
          <PublishButton />
        </>
      )}
    </PageHeader>
  );
}

function SaveState() {
  const { t } = useTranslation();
  const { document } = useWorkbench();
  const { state } = document;
  const isUntouched = state.save === 'saved' && state.revision === null;
  if (isUntouched) return <span className="save-state" />;
  const marks = {
    saved: <StatusMark tone="quiet" icon={<CheckCircleFilled />} word={t('dictionaries.save.saved')} />,
    unsaved: <StatusMark tone="quiet" icon={<EditOutlined />} word={t('dictionaries.save.unsaved')} />,
    saving: <StatusMark tone="quiet" icon={<LoadingOutlined />} word={t('dictionaries.save.saving')} />,
    failed: <StatusMark tone="bad" icon={<CloseCircleFilled />} word={t('dictionaries.save.failed')} />,
    conflict: <StatusMark tone="warn" icon={<ExclamationCircleFilled />} word={t('dictionaries.save.conflict')} />,
  };
  return <output className="save-state">{marks[state.save]}</output>;
}

/** What is thrown away can be taken back, so there is nothing to confirm. */
function DiscardButton() {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const refuse = useRefusal();
  const { path, document } = useWorkbench();
  const { state, change } = document;
  const params = { ...path };
  const refresh = [listDictionaries, getDictionary];
  const keep = useRouteMutation(saveDraft, {
    refresh,
    onDone: (draft) => change({ type: 'open', live: state.live, draft }),
  });
  const discard = useRouteMutation(discardDraft, {
    refresh: [listDictionaries],
    onDone: ({ text, tests }) => {
      change({ type: 'open', live: state.live, draft: null });
      const key = 'discarded';
      notification.info({
        key,
        duration: 12,
        title: t('dictionaries.discarded'),
        actions: (
          <Button
            size="small"
            onClick={() => {
              notification.destroy(key);
              keep.mutate({ params, body: { text, tests, revision: null } }, { onError: refuse });
            }}
          >
            {t('pieces.undo')}
          </Button>
        ),
      });
    },
  });
  const throwAway = async () => {
    await document.flush();
    discard.mutate({ params }, { onError: refuse });
  };
  if (state.live === null) return null;
  return (
    <Button disabled={state.revision === null} loading={discard.isPending} onClick={() => void throwAway()}>
      {t('dictionaries.discard')}
    </Button>
  );
}

function PublishButton() {
  const { t } = useTranslation();
  const canPublish = useCan('dictionaries.publish');
  const { document, preview, runTests } = useWorkbench();
  const [revision, setRevision] = useState<number | null>(null);
  const { state } = document;
  const hasErrors = preview.result?.problems.some((one) => one.severity === 'error') === true;
  const isUnchanged = isSame(state, state.live);
  const why = hasErrors ? t('dictionaries.errorsBlock') : isUnchanged ? t('dictionaries.nothingToPublish') : null;
  const open = async () => {
    runTests();
    setRevision(await document.flush());
  };
  if (!canPublish) return null;
  const isOff = why !== null || state.save === 'conflict';
  return (
    <>
      <Tooltip title={why}>
        <span>
          <Button
            type="primary"
            icon={<CloudUploadOutlined />}
            disabled={isOff}
            aria-describedby="publish-why"
            onClick={() => void open()}
          >
            {t('dictionaries.publishDots')}
          </Button>
          <span id="publish-why" className="unseen">
            {why}
          </span>
        </span>
      </Tooltip>
      {revision !== null && <PublishDialog revision={revision} onClose={() => setRevision(null)} />}
    </>
  );
}
