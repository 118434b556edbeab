import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from './code-editor.tsx';
import { useWorkbench } from './workbench.ts';

const files = ['text', 'tests'] as const;
const firstTest = "tests:\n  - name: ''\n    record: {}\n    entity: {}\n";

/** The same document as text: what is typed here is what the lines show. */
export function TextView({ line }: { readonly line: number | null }) {
  const { t } = useTranslation();
  const { document, preview, canWrite, summary } = useWorkbench();
  const [file, setFile] = useState<(typeof files)[number]>('text');
  const { state, change } = document;
  const problems = preview.result?.problems ?? [];
  const isOfTests = (name: string) => name.endsWith('.test.yaml');
  const shown = line === null ? file : 'text';
  const own = problems.filter((one) => isOfTests(one.file) === (shown === 'tests'));
  const type = (text: string) =>
    change({ type: 'edit', typing: true, texts: shown === 'text' ? { text } : { tests: text } });
  return (
    <section className="text-view" aria-label={t('dictionaries.view.text')}>
      {summary.kind === 'dictionary' && (
        <Segmented
          size="small"
          aria-label={t('dictionaries.files')}
          value={shown}
          onChange={setFile}
          options={files.map((value) => ({ value, label: t(`dictionaries.file.${value}`) }))}
        />
      )}
      {shown === 'tests' && state.tests === null ? (
        <p className="rule-quiet">
          <Button disabled={!canWrite} onClick={() => change({ type: 'edit', texts: { tests: firstTest } })}>
            {t('dictionaries.beginTests')}
          </Button>
        </p>
      ) : (
        <CodeEditor
          key={shown}
          label={t(`dictionaries.file.${shown}`)}
          text={shown === 'text' ? state.text : (state.tests ?? '')}
          problems={own}
          line={shown === 'text' ? line : null}
          isReadOnly={!canWrite}
          onChange={type}
        />
      )}
      <p className="soft">{t('dictionaries.textHint')}</p>
    </section>
  );
}
