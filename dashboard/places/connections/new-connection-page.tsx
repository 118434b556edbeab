import {
  createConnection,
  listConnections,
  listConnectors,
  type ConnectorInfo,
} from '#core/contract/api/connections.ts';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useRoute, useRouteMutation } from '../../api/use-route.ts';
import { useAppearance } from '../../frame/appearance.tsx';
import { PageHeader } from '../../pieces/page-header.tsx';
import { QueryStates } from '../../pieces/states.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { ConnectorPicker } from './connector-picker.tsx';
import './connections.css';

export function NewConnectionPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const connectors = useRoute(listConnectors, {});
  const wanted = address.get('connector');
  return (
    <QueryStates query={connectors}>
      {({ items }) => {
        const connector = items.find((one) => one.id === wanted);
        return connector === undefined ? (
          <>
            <PageHeader title={t('connections.pick')} text={t('connections.pickText')} />
            <ConnectorPicker connectors={items} onPick={(id) => setAddress({ connector: id })} />
          </>
        ) : (
          <NewConnection connector={connector} />
        );
      }}
    </QueryStates>
  );
}

function NewConnection({ connector }: { readonly connector: ConnectorInfo }) {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const navigate = useNavigate();
  const create = useRouteMutation(createConnection, { refresh: [listConnections] });
  return (
    <>
      <PageHeader
        title={t('connections.new', { connector: connector.title[language] })}
        text={connector.summary[language]}
      />
      <ConnectionForm
        connector={connector}
        connection={null}
        error={create.error}
        isSaving={create.isPending}
        onSave={({ name, config, skipProbe }, onSaved) =>
          create.mutate(
            { body: { connectorId: connector.id, name, config, skipProbe } },
            { onSuccess: () => onSaved(() => void navigate('/connections')) },
          )
        }
        onCancel={() => void navigate('/connections')}
      />
    </>
  );
}
