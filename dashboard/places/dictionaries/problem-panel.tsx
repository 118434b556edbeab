import { CheckCircleOutlined, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import type { MappingProblem } from '#core/contract/mapping.ts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState, PageSkeleton } from '../../pieces/states.tsx';
import { StatusMark } from '../../pieces/status.tsx';
import { useWord } from '../../pieces/use-word.ts';
import { ruleKey, ruleWords } from './rule-shape.ts';
import { useWorkbench } from './workbench.ts';

export function ProblemPanel() {
  const { t } = useTranslation();
  const { preview, outline, choose, goToLine } = useWorkbench();
  if (preview.result === null) return <PageSkeleton rows={4} />;
  const { problems } = preview.result;
  if (problems.length === 0) {
    return (
      <EmptyState
        icon={<CheckCircleOutlined />}
        title={t('dictionaries.noProblems')}
        text={t('dictionaries.noProblemsText')}
      />
    );
  }
  return (
    <ul className="problem-list" aria-label={t('dictionaries.panel.problems')}>
      {problems.map((problem) => {
        const file = problem.file.endsWith('.test.yaml') ? 'tests' : 'text';
        const rule =
          file === 'tests'
            ? undefined
            : outline?.rules.findLast((one) => one.index !== null && one.line <= problem.line);
        return (
          <li key={`${problem.code} ${problem.line} ${problem.column} ${problem.message}`}>
            <ProblemText problem={problem} />
            <div className="form-actions">
              <Button size="small" onClick={() => goToLine(problem.line, file)}>
                {t('dictionaries.showLine', { line: problem.line })}
              </Button>
              {rule !== undefined && rule.from.length + rule.to.length > 0 && (
                <Button size="small" onClick={() => choose(ruleKey(rule))}>
                  {t('dictionaries.editRule', { rule: ruleWords(rule) })}
                </Button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** In the reader's language what is wrong in general and what helps, then what the hub says of this very place. */
export function ProblemText({ problem }: { readonly problem: MappingProblem }) {
  const { t } = useTranslation();
  const word = useWord();
  const isError = problem.severity === 'error';
  const [family, name] = problem.code.split('.');
  const title = word(`problem.${family}.${name}.title`, '');
  return (
    <>
      <p className="problem-head">
        <StatusMark
          tone={isError ? 'bad' : 'warn'}
          icon={isError ? <CloseCircleFilled /> : <ExclamationCircleFilled />}
          word={t(`dictionaries.severity.${problem.severity}`)}
        />
        <code className="soft">{problem.code}</code>
      </p>
      {title !== '' && (
        <>
          <p className="problem-title">{title}</p>
          <p>{word(`problem.${family}.${name}.mend`, '')}</p>
        </>
      )}
      <p className={title === '' ? '' : 'problem-detail'}>
        {problem.message} <span className="soft">{problem.mend}</span>
      </p>
    </>
  );
}
