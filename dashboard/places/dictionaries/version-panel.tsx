import { CheckCircleFilled } from '@ant-design/icons';
import {
  diffVersions,
  getDictionary,
  listDictionaries,
  listVersions,
  rollBack,
  type VersionView,
} from '#core/contract/api/dictionaries.ts';
import { App, Button, Drawer, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteMutation } from '../../api/use-route.ts';
import { useRefusal } from '../../desk-session/use-desk-actions.ts';
import { useCan } from '../../frame/me.tsx';
import { EmptyState, QueryStates } from '../../pieces/states.tsx';
import { StatusMark } from '../../pieces/status.tsx';
import { When } from '../../pieces/times.tsx';
import { DiffView } from './diff-view.tsx';
import type { DocumentPath } from './use-document.ts';
import { useWorkbench } from './workbench.ts';

interface Sides {
  readonly from: string;
  readonly to: string;
}

/** Every version that was ever live. Nothing here is lost: going back makes a new version with the old text. */
export function VersionPanel() {
  const { t } = useTranslation();
  const { path, document } = useWorkbench();
  const versions = useRoute(listVersions, { params: { ...path } });
  const [sides, setSides] = useState<Sides | null>(null);
  const hasDraft = document.state.revision !== null;
  return (
    <QueryStates
      query={versions}
      skeletonRows={4}
      isEmpty={({ items }) => items.length === 0}
      empty={<EmptyState title={t('dictionaries.noVersions')} text={t('dictionaries.noVersionsText')} />}
    >
      {({ items }) => (
        <>
          <ol className="problem-list" aria-label={t('dictionaries.panel.versions')}>
            {items.map((version, index) => (
              <Version
                key={version.version}
                path={path}
                version={version}
                onShow={showOf(sidesOf(version, items[index + 1], hasDraft), setSides)}
              />
            ))}
          </ol>
          <Drawer
            open={sides !== null}
            onClose={() => setSides(null)}
            size={720}
            title={t('dictionaries.changes')}
            destroyOnHidden
          >
            {sides !== null && (
              <Compare path={path} items={items} hasDraft={hasDraft} sides={sides} onSides={setSides} />
            )}
          </Drawer>
        </>
      )}
    </QueryStates>
  );
}

/** The live version is compared with the draft, any other one with the one before; the first has nothing to be compared with. */
function sidesOf(version: VersionView, before: VersionView | undefined, hasDraft: boolean): Sides | null {
  if (version.isLive && hasDraft) return { from: 'live', to: 'draft' };
  return before === undefined ? null : { from: String(before.version), to: String(version.version) };
}

const showOf = (sides: Sides | null, show: (sides: Sides) => void) => (sides === null ? null : () => show(sides));

interface VersionProps {
  readonly path: DocumentPath;
  readonly version: VersionView;
  readonly onShow: (() => void) | null;
}

function Version({ path, version: one, onShow }: VersionProps) {
  const { t } = useTranslation();
  return (
    <li>
      <p className="problem-head">
        <strong>{t('dictionaries.version', { version: one.version })}</strong>
        {one.isLive && <StatusMark tone="good" icon={<CheckCircleFilled />} word={t('dictionaries.isLive')} />}
        <span className="soft">{t(`dictionaries.origin.${one.origin}`)}</span>
      </p>
      {one.note !== '' && <p>{one.note}</p>}
      <p className="soft">
        {one.publishedBy} · <When atMs={Date.parse(one.publishedAt)} /> ·{' '}
        {t('dictionaries.changedRules', { count: one.changedRules })}
      </p>
      <div className="form-actions">
        {onShow !== null && (
          <Button size="small" aria-label={t('dictionaries.showChangesOf', { version: one.version })} onClick={onShow}>
            {t('dictionaries.showChanges')}
          </Button>
        )}
        {!one.isLive && <RollBackButton path={path} version={one.version} />}
      </div>
    </li>
  );
}

function RollBackButton({ path, version }: { readonly path: DocumentPath; readonly version: number }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const refuse = useRefusal();
  const canPublish = useCan('dictionaries.publish');
  const { document } = useWorkbench();
  const back = useRouteMutation(rollBack, {
    refresh: [listVersions, listDictionaries, getDictionary, diffVersions],
    onDone: (made) => void message.success(t('dictionaries.rolledBack', { version, made: made.version })),
  });
  if (!canPublish) return null;
  const hasDraft = document.state.revision !== null;
  const ask = () => {
    modal.confirm({
      title: t('dictionaries.rollBackTitle', { version }),
      content: t(hasDraft ? 'dictionaries.rollBackTextDraft' : 'dictionaries.rollBackText', { version }),
      okText: t('dictionaries.rollBack'),
      onOk: () => back.mutateAsync({ params: { ...path }, body: { version } }).then(() => undefined, refuse),
    });
  };
  return (
    <Button size="small" aria-label={t('dictionaries.rollBackOf', { version })} onClick={ask}>
      {t('dictionaries.rollBack')}
    </Button>
  );
}

interface CompareProps {
  readonly path: DocumentPath;
  readonly items: readonly VersionView[];
  readonly hasDraft: boolean;
  readonly sides: Sides;
  readonly onSides: (sides: Sides) => void;
}

function Compare({ path, items, hasDraft, sides, onSides }: CompareProps) {
  const { t } = useTranslation();
  const diff = useRoute(diffVersions, { params: { ...path }, query: { from: sides.from, to: sides.to } });
  const options = [
    ...(hasDraft ? [{ value: 'draft', label: t('dictionaries.draft') }] : []),
    { value: 'live', label: t('dictionaries.liveOption') },
    ...items.map(({ version }) => ({ value: String(version), label: t('dictionaries.version', { version }) })),
  ];
  return (
    <>
      <div className="filters">
        <Select
          className="filter"
          aria-label={t('dictionaries.compareFrom')}
          value={sides.from}
          options={options}
          onChange={(from) => onSides({ ...sides, from })}
        />
        <span aria-hidden>→</span>
        <Select
          className="filter"
          aria-label={t('dictionaries.compareTo')}
          value={sides.to}
          options={options}
          onChange={(to) => onSides({ ...sides, to })}
        />
      </div>
      <QueryStates query={diff} skeletonRows={5}>
        {(data) => <DiffView diff={data} />}
      </QueryStates>
    </>
  );
}
