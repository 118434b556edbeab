import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { DeskProvider } from '../desk-session/desk-provider.tsx';
import { PageSkeleton } from '../pieces/states.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { DemoBanner } from './demo-banner.tsx';
import { useCan } from './me.tsx';
import { Navigation } from './navigation.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { UserMenu } from './user-menu.tsx';

/** Header, navigation and the page. The desk's session lives here, so a call pops wherever the agent is. */
export function Shell() {
  const { t } = useTranslation();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const hasDesk = useCan('desk.use');
  const page = (
    <div className="shell">
      <a className="skip" href="#page">
        {t('frame.skip')}
      </a>
      <header className="top">
        <Button
          className="menu-button"
          type="text"
          icon={<MenuOutlined />}
          aria-label={t('frame.navigation')}
          onClick={() => setMenuOpen(true)}
        />
        <Link to="/" className="brand">
          {t('frame.product')}
        </Link>
        <div className="top-end">
          <UserMenu />
        </div>
      </header>
      <div className="side">
        <Navigation />
      </div>
      <main className="page" id="page" tabIndex={-1}>
        <ConnectionBar />
        <DemoBanner />
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <Drawer
        open={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        placement="left"
        size={240}
        title={t('frame.product')}
      >
        <Navigation onGo={() => setMenuOpen(false)} />
      </Drawer>
      <ShortcutSheet />
    </div>
  );
  return hasDesk ? <DeskProvider>{page}</DeskProvider> : page;
}
