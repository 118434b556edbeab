import {
  getDirectorySettings,
  saveDirectorySettings,
  type DirectorySettings as Settings,
} from '#core/contract/api/directory.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routeKey, useRoute, useRouteMutation } from '../../api/use-route.ts';
import { useCan } from '../../frame/me.tsx';
import { SaveBar } from '../../pieces/policy-form/save-bar.tsx';
import { useDraft } from '../../pieces/policy-form/use-draft.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { MatchPolicyForm } from './match-policy-form.tsx';
import { NumberRuleTable } from './number-rule-table.tsx';
import { TryNumber } from './try-number.tsx';

export function DirectorySettings() {
  const settings = useRoute(getDirectorySettings, {});
  return (
    <QueryStates query={settings}>
      {(stored) => <DirectorySettingsForm stored={stored} onReload={() => void settings.refetch()} />}
    </QueryStates>
  );
}

interface Props {
  readonly stored: Settings;
  readonly onReload: () => void;
}

function DirectorySettingsForm({ stored, onReload }: Props) {
  const { t } = useTranslation();
  const canWrite = useCan('directory.write');
  const queries = useQueryClient();
  const draft = useDraft(stored);
  const { value } = draft;
  const save = useRouteMutation(saveDirectorySettings, {
    onDone: (settings) => {
      queries.setQueryData(routeKey(getDirectorySettings, {}), settings);
      draft.saved();
    },
  });
  return (
    <>
      {!canWrite && <p className="soft read-only">{t('policy.readOnly')}</p>}
      <MatchPolicyForm
        policy={value.matchPolicy}
        faultAt={(path) => draft.faultAt(`matchPolicy.${path}`)}
        onChange={
          canWrite
            ? (change, mended) =>
                draft.set({ ...value, matchPolicy: { ...value.matchPolicy, ...change } }, `matchPolicy.${mended}`)
            : null
        }
      />
      <NumberRuleTable
        rules={value.numberRules}
        faultAt={draft.faultAt}
        onChange={canWrite ? (numberRules, mended) => draft.set({ ...value, numberRules }, mended) : null}
      />
      <TryNumber isBehind={draft.isChanged} />
      {canWrite && (
        <SaveBar
          draft={draft}
          isSaving={save.isPending}
          onSave={() => save.mutate({ body: value }, { onError: draft.refused })}
          onReload={onReload}
        />
      )}
    </>
  );
}
