import { deskSessionRoute } from '#core/contract/api/desk.ts';
import { getDeskPolicy, setDeskPolicy } from '#core/contract/api/policies.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routeKey, useRoute, useRouteMutation } from '../../api/use-route.ts';
import { useCan } from '../../frame/me.tsx';
import { SaveBar } from '../../pieces/policy-form/save-bar.tsx';
import { useDraft } from '../../pieces/policy-form/use-draft.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { dispositionFault } from './disposition-fault.ts';
import { DispositionList } from './disposition-list.tsx';
import { PopRuleList } from './pop-rule-list.tsx';

type DeskPolicy = RouteResult<typeof getDeskPolicy>;

export function DeskSettings() {
  const policy = useRoute(getDeskPolicy, {});
  return (
    <QueryStates query={policy}>
      {(stored) => <DeskPolicyForm stored={stored} onReload={() => void policy.refetch()} />}
    </QueryStates>
  );
}

interface Props {
  readonly stored: DeskPolicy;
  readonly onReload: () => void;
}

function DeskPolicyForm({ stored, onReload }: Props) {
  const { t } = useTranslation();
  const canWrite = useCan('connections.write');
  const queries = useQueryClient();
  const draft = useDraft(stored);
  const { value } = draft;
  const save = useRouteMutation(setDeskPolicy, {
    refresh: [deskSessionRoute],
    onDone: (policy) => {
      queries.setQueryData(routeKey(getDeskPolicy, {}), policy);
      draft.saved();
    },
  });
  const isWhole = value.dispositions.every((_, index) => dispositionFault(value.dispositions, index) === null);
  const send = () => {
    if (!isWhole) document.querySelector<HTMLElement>('input[aria-invalid="true"]')?.focus();
    else {
      const dispositions = value.dispositions.map((name) => name.trim());
      save.mutate({ body: { ...value, dispositions } }, { onError: draft.refused });
    }
  };
  return (
    <>
      {!canWrite && <p className="soft read-only">{t('policy.readOnly')}</p>}
      <PopRuleList
        rules={value.popRules}
        faultAt={draft.faultAt}
        onChange={canWrite ? (popRules, mended) => draft.set({ ...value, popRules }, mended) : null}
      />
      <DispositionList
        dispositions={value.dispositions}
        faultAt={draft.faultAt}
        onChange={canWrite ? (dispositions, mended) => draft.set({ ...value, dispositions }, mended) : null}
      />
      {canWrite && <SaveBar draft={draft} isSaving={save.isPending} onSave={send} onReload={onReload} />}
    </>
  );
}
