import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from './code-editor.tsx';
import { textFiles, useWorkbench, type LineMark, type TextFile } from './workbench.ts';

const firstTest = "tests:\n  - name: ''\n    record: {}\n    entity: {}\n";

/** The same document as text: what is typed here is what the lines show. */
export function TextView({ line: mark }: { readonly line: LineMark | null }) {
  const { t } = useTranslation();
  const { document, preview, canWrite, summary } = useWorkbench();
  const [shown, setShown] = useState<TextFile>('text');
  const [seen, setSeen] = useState<LineMark | null>(null);
  if (mark !== seen) {
    setSeen(mark);
    if (mark !== null) setShown(mark.file);
  }
  const { state, change } = document;
  const problems = preview.result?.problems ?? [];
  const isOfTests = (name: string) => name.endsWith('.test.yaml');
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
          onChange={setShown}
          options={textFiles.map((value) => ({ value, label: t(`dictionaries.file.${value}`) }))}
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
          mark={mark !== null && mark.file === shown ? mark : null}
          isReadOnly={!canWrite}
          onChange={type}
        />
      )}
      <p className="soft">{t('dictionaries.textHint')}</p>
    </section>
  );
}
