import { CheckCircleFilled, CloseCircleFilled, PlayCircleOutlined, PlusOutlined } from '@ant-design/icons';
import type { MappingTestReport } from '#core/contract/mapping.ts';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusMark } from '../../pieces/status.tsx';
import { EmptyState } from '../../pieces/states.tsx';
import { shortValue } from '../../pieces/short-value.ts';
import { withTest } from './test-text.ts';
import { useWorkbench } from './workbench.ts';

export function TestPanel() {
  const { t } = useTranslation();
  const { preview, runTests, isTesting, canWrite } = useWorkbench();
  const report = preview.result?.tests ?? null;
  const hasErrors = preview.result?.problems.some((one) => one.severity === 'error') === true;
  return (
    <>
      <div className="panel-head">
        <Button
          type="primary"
          icon={<PlayCircleOutlined />}
          loading={isTesting && preview.isBehind}
          disabled={hasErrors}
          onClick={runTests}
        >
          {t('dictionaries.runTests')}
        </Button>
        {isTesting && <span className="soft">{t('dictionaries.testsFollow')}</span>}
      </div>
      {hasErrors && <p className="soft rule-quiet">{t('dictionaries.errorsFirst')}</p>}
      {canWrite && <TestFromSample />}
      {report !== null && <Report report={report} />}
    </>
  );
}

function Report({ report }: { readonly report: MappingTestReport }) {
  const { t } = useTranslation();
  if (report.outcomes.length === 0)
    return <EmptyState title={t('dictionaries.noTests')} text={t('dictionaries.noTestsText')} />;
  const failed = report.outcomes.filter((one) => !one.passed).length;
  return (
    <section aria-label={t('dictionaries.testReport')}>
      <output className="block report-head">
        {t('dictionaries.testCount', { passed: report.outcomes.length - failed, all: report.outcomes.length })}
      </output>
      <ul className="problem-list">
        {report.outcomes
          .toSorted((a, b) => Number(a.passed) - Number(b.passed))
          .map((outcome) => (
            <li key={outcome.name}>
              <p className="problem-head">
                {outcome.passed ? (
                  <StatusMark tone="good" icon={<CheckCircleFilled />} word={t('dictionaries.passed')} />
                ) : (
                  <StatusMark tone="bad" icon={<CloseCircleFilled />} word={t('dictionaries.failed')} />
                )}
                <span>{outcome.name}</span>
              </p>
              {outcome.differences.map((one) => (
                <dl key={one.at} className="difference">
                  <dt>
                    <code>{one.at}</code>
                  </dt>
                  <dd>
                    <span className="soft">{t('dictionaries.expected')}</span>
                    <code>{one.expected === undefined ? t('dictionaries.nothing') : shortValue(one.expected)}</code>
                  </dd>
                  <dd>
                    <span className="soft">{t('dictionaries.actual')}</span>
                    <code>{one.actual === undefined ? t('dictionaries.nothing') : shortValue(one.actual)}</code>
                  </dd>
                </dl>
              ))}
            </li>
          ))}
      </ul>
      <Unused title={t('dictionaries.unusedRules')} names={report.unusedRules} />
      <Unused title={t('dictionaries.unusedRows')} names={report.unusedRows} />
    </section>
  );
}

function Unused({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  const { t } = useTranslation();
  if (names.length === 0) return null;
  return (
    <details>
      <summary>
        {title} <span className="soft">{t('dictionaries.countOf', { count: names.length })}</span>
      </summary>
      <ul className="unused">
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What comes out now becomes what must come out from now on. */
function TestFromSample() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { sample, preview, document, runTests } = useWorkbench();
  const [name, setName] = useState('');
  const trace = preview.result?.trace ?? null;
  if (trace === null || sample.input === null) return null;
  const { input, region } = sample;
  const add = () => {
    const tests = withTest(document.state.tests, { name: name.trim(), input, trace, region });
    document.change({ type: 'edit', texts: { tests } });
    setName('');
    runTests();
    void message.success(t('dictionaries.testAdded'));
  };
  return (
    <form
      className="test-new"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') add();
      }}
    >
      <Input
        aria-label={t('dictionaries.testName')}
        placeholder={t('dictionaries.testNameHint')}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button htmlType="submit" icon={<PlusOutlined />} disabled={name.trim() === '' || preview.isBehind}>
        {t('dictionaries.testFromSample')}
      </Button>
    </form>
  );
}
