import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Ago } from '../../pieces/times.tsx';
import { hunksOf, lineDiff } from './line-diff.ts';
import type { DocumentHandle } from './use-document.ts';

/** Two people, one draft: nothing is overwritten before someone has decided. */
export function ConflictNotice({ document }: { readonly document: DocumentHandle }) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const { state, change } = document;
  if (state.save !== 'conflict') return null;
  const { theirs } = state;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="form-alert"
      title={
        theirs === null ? (
          t('dictionaries.conflictGone')
        ) : (
          <>
            {t('dictionaries.conflict', { name: theirs.updatedBy })} <Ago atMs={Date.parse(theirs.updatedAt)} />
          </>
        )
      }
      description={
        <>
          <div className="form-actions">
            {theirs !== null && (
              <Button size="small" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
                {t(isShown ? 'dictionaries.hideTheirs' : 'dictionaries.showTheirs')}
              </Button>
            )}
            <Button size="small" onClick={() => change({ type: 'keepMine' })}>
              {t('dictionaries.keepMine')}
            </Button>
            {theirs !== null && (
              <Button size="small" onClick={() => change({ type: 'takeTheirs' })}>
                {t('dictionaries.takeTheirs')}
              </Button>
            )}
          </div>
          {isShown && theirs !== null && <TextDiff before={state.text} after={theirs.text} />}
        </>
      }
    />
  );
}

export function TextDiff({ before, after }: { readonly before: string; readonly after: string }) {
  const { t } = useTranslation();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <section className="source text-diff" tabIndex={0} aria-label={t('dictionaries.mineAndTheirs')}>
      {hunksOf(lineDiff(before, after)).map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have nothing else to be known by
        <div key={index} className={line === null ? 'soft' : `diff-${line.kind}`}>
          {line === null ? '…' : `${{ same: ' ', removed: '−', added: '+' }[line.kind]} ${line.text}`}
        </div>
      ))}
    </section>
  );
}
