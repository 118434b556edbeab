import { getJournalPolicy, setJournalPolicy } from '#core/contract/api/policies.ts';
import type { JournalPolicy } from '#core/contract/journal-policy.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routeKey, useRoute, useRouteMutation } from '../../api/use-route.ts';
import { useCan } from '../../frame/me.tsx';
import { SaveBar } from '../../pieces/policy-form/save-bar.tsx';
import { useDraft } from '../../pieces/policy-form/use-draft.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { JournalForm } from './journal-form.tsx';

/** What is written to one CRM, and when. */
export function JournalSettings({ connectionId }: { readonly connectionId: string }) {
  const policy = useRoute(getJournalPolicy, { params: { connectionId } });
  return (
    <QueryStates query={policy}>
      {(stored) => <JournalDraft connectionId={connectionId} stored={stored} onReload={() => void policy.refetch()} />}
    </QueryStates>
  );
}

interface Props {
  readonly connectionId: string;
  readonly stored: JournalPolicy;
  readonly onReload: () => void;
}

function JournalDraft({ connectionId, stored, onReload }: Props) {
  const { t } = useTranslation();
  const canWrite = useCan('connections.write');
  const queries = useQueryClient();
  const draft = useDraft(stored);
  const { value } = draft;
  const params = { connectionId };
  const save = useRouteMutation(setJournalPolicy, {
    onDone: (policy) => {
      queries.setQueryData(routeKey(getJournalPolicy, { params }), policy);
      draft.saved();
    },
  });
  return (
    <>
      {!canWrite && <p className="soft read-only">{t('policy.readOnly')}</p>}
      <JournalForm
        policy={value}
        faultAt={draft.faultAt}
        onChange={canWrite ? (change, mended) => draft.set({ ...value, ...change }, mended) : null}
      />
      {canWrite && (
        <SaveBar
          draft={draft}
          isSaving={save.isPending}
          onSave={() => save.mutate({ params, body: value }, { onError: draft.refused })}
          onReload={onReload}
        />
      )}
    </>
  );
}
