import {
  ApiOutlined,
  BookOutlined,
  BranchesOutlined,
  CustomerServiceOutlined,
  ExportOutlined,
  HistoryOutlined,
  LockOutlined,
  SettingOutlined,
  ThunderboltOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMe } from './me.tsx';
import { places, type PlaceName } from './places.ts';

const icons: Record<PlaceName, typeof ApiOutlined> = {
  desk: CustomerServiceOutlined,
  live: ThunderboltOutlined,
  interactions: HistoryOutlined,
  directory: BookOutlined,
  connections: ApiOutlined,
  dictionaries: BranchesOutlined,
  writes: ExportOutlined,
  access: LockOutlined,
  settings: SettingOutlined,
};

export function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const { t } = useTranslation();
  const { permissions } = useMe();
  return (
    <nav className="nav" aria-label={t('frame.navigation')}>
      <ul>
        {places
          .filter((place) => permissions.includes(place.permission))
          .map((place) => {
            const Icon = icons[place.name];
            return (
              <li key={place.name}>
                <NavLink to={place.path} className="nav-link" {...(onGo === undefined ? {} : { onClick: onGo })}>
                  <Icon aria-hidden />
                  <span className="nav-word">{t(`places.${place.name}`)}</span>
                </NavLink>
              </li>
            );
          })}
      </ul>
    </nav>
  );
}
