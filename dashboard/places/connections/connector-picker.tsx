import {
  CustomerServiceOutlined,
  DatabaseOutlined,
  ExperimentOutlined,
  PhoneOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import type { ConnectorInfo } from '#core/contract/api/connections.ts';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../../frame/appearance.tsx';

const kinds = ['switch', 'crm', 'erp', 'generic', 'demo'] as const;
const icons = {
  switch: PhoneOutlined,
  crm: CustomerServiceOutlined,
  erp: DatabaseOutlined,
  generic: SwapOutlined,
  demo: ExperimentOutlined,
};

interface Props {
  readonly connectors: readonly ConnectorInfo[];
  readonly onPick: (connectorId: string) => void;
}

export function ConnectorPicker({ connectors, onPick }: Props) {
  const { t } = useTranslation();
  const { language } = useAppearance();
  return kinds
    .filter((kind) => connectors.some((connector) => connector.kind === kind))
    .map((kind) => {
      const Icon = icons[kind];
      return (
        <section key={kind} className="picker">
          <h2>{t(`connections.kind.${kind}`)}</h2>
          <ul>
            {connectors
              .filter((connector) => connector.kind === kind)
              .map((connector) => (
                <li key={connector.id}>
                  <button type="button" className="pick" onClick={() => onPick(connector.id)}>
                    <Icon aria-hidden className="choice-icon" />
                    <span>
                      <strong>{connector.title[language]}</strong>
                      <span className="soft block">{connector.summary[language]}</span>
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      );
    });
}
