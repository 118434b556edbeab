import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import {
  diffVersions,
  getDictionary,
  listDictionaries,
  listVersions,
  publishDraft,
} from '#core/contract/api/dictionaries.ts';
import { Alert, App, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteMutation } from '../../api/use-route.ts';
import { PageSkeleton, QueryStates } from '../../pieces/states.tsx';
import { StatusMark } from '../../pieces/status.tsx';
import { DiffView } from './diff-view.tsx';
import { ProblemText } from './problem-panel.tsx';
import { useWorkbench } from './workbench.ts';

interface Props {
  readonly revision: number;
  readonly onClose: () => void;
}

/** The last look: what changes, what is wrong, what the tests say, and a note for whoever reads the list of versions. */
export function PublishDialog({ revision, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { path, document, summary, showPanel } = useWorkbench();
  const [note, setNote] = useState('');
  const id = useId();
  const diff = useRoute(
    diffVersions,
    { params: { ...path }, query: { from: 'live', to: 'draft' } },
    { enabled: summary.liveVersion !== null },
  );
  const publish = useRouteMutation(publishDraft, {
    refresh: [listDictionaries, getDictionary, listVersions, diffVersions],
    onDone: ({ version, alsoPublished }) => {
      const { text, tests } = document.state;
      document.change({ type: 'open', live: { text, tests }, draft: null });
      void message.success(
        alsoPublished.length === 0
          ? t('dictionaries.published', { version })
          : t('dictionaries.publishedWith', { version, names: alsoPublished.map((one) => one.name).join(', ') }),
      );
      showPanel('versions');
      onClose();
    },
  });
  const { isKnown, hasErrors, problems, failed } = useVerdict();
  const mayPublish = isKnown && !hasErrors && failed === 0;
  return (
    <Modal
      open
      width={720}
      title={t('dictionaries.publishTitle', { name: summary.name })}
      okText={t('dictionaries.publish')}
      okButtonProps={{ disabled: !mayPublish, loading: publish.isPending }}
      onOk={() => publish.mutate({ params: { ...path }, body: { revision, note } })}
      onCancel={onClose}
    >
      <div className="publish">
        <label htmlFor={id}>{t('dictionaries.publishNote')}</label>
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2 }}
          maxLength={500}
          placeholder={t('dictionaries.publishNoteHint')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        {!isKnown && <PageSkeleton rows={2} />}
        {isKnown && hasErrors && <Alert type="error" showIcon title={t('dictionaries.errorsBlock')} />}
        {isKnown && failed > 0 && (
          <Alert type="error" showIcon title={t('dictionaries.testsBlock', { count: failed })} />
        )}
        {isKnown && <Verdict problems={problems.length} hasErrors={hasErrors} failed={failed} />}
        {problems.length > 0 && (
          <ul className="problem-list">
            {problems.map((problem) => (
              <li key={`${problem.code} ${problem.line} ${problem.column}`}>
                <ProblemText problem={problem} />
              </li>
            ))}
          </ul>
        )}
        {publish.error !== null && <Alert type="error" showIcon title={publish.error.problem.detail} />}
        {summary.liveVersion === null ? (
          <p className="soft">{t('dictionaries.firstVersion')}</p>
        ) : (
          <QueryStates query={diff} skeletonRows={4}>
            {(data) => <DiffView diff={data} />}
          </QueryStates>
        )}
      </div>
    </Modal>
  );
}

/** Nothing is said before the answer belongs to the text that would be published. */
function useVerdict() {
  const { preview, summary } = useWorkbench();
  const { result, isBehind } = preview;
  const problems = result?.problems ?? [];
  const hasErrors = problems.some((one) => one.severity === 'error');
  const failed = result?.tests?.outcomes.filter((one) => !one.passed).length ?? 0;
  const isTested = result !== null && (result.tests !== null || hasErrors || summary.kind === 'values');
  return { problems, hasErrors, failed, isKnown: isTested && !isBehind };
}

interface VerdictProps {
  readonly problems: number;
  readonly hasErrors: boolean;
  readonly failed: number;
}

function Verdict({ problems, hasErrors, failed }: VerdictProps) {
  const { t } = useTranslation();
  const { preview } = useWorkbench();
  const all = preview.result?.tests?.outcomes.length ?? 0;
  return (
    <p className="problem-head">
      {problems === 0 ? (
        <StatusMark tone="good" icon={<CheckCircleFilled />} word={t('dictionaries.noProblems')} />
      ) : (
        <StatusMark
          tone={hasErrors ? 'bad' : 'warn'}
          icon={hasErrors ? <CloseCircleFilled /> : <ExclamationCircleFilled />}
          word={t('dictionaries.problemCount', { count: problems })}
        />
      )}
      {all > 0 && (
        <StatusMark
          tone={failed === 0 ? 'good' : 'bad'}
          icon={failed === 0 ? <CheckCircleFilled /> : <CloseCircleFilled />}
          word={t('dictionaries.testCount', { passed: all - failed, all })}
        />
      )}
    </p>
  );
}
