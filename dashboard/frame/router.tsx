import { createBrowserRouter } from 'react-router';
import { PageSkeleton } from '../pieces/states.tsx';
import { Gate, Home } from './gate.tsx';
import { LostPage, RouteFailure } from './lost-page.tsx';

/** Every place is its own chunk; the first page loads the frame and itself, nothing else. */
export const router = createBrowserRouter([
  {
    path: '/set-up',
    HydrateFallback: PageSkeleton,
    lazy: async () => ({ Component: (await import('../places/set-up/set-up-page.tsx')).SetUpPage }),
  },
  {
    path: '/sign-in',
    HydrateFallback: PageSkeleton,
    lazy: async () => ({ Component: (await import('../places/set-up/sign-in-page.tsx')).SignInPage }),
  },
  {
    path: '/',
    Component: Gate,
    ErrorBoundary: RouteFailure,
    HydrateFallback: PageSkeleton,
    children: [
      { index: true, Component: Home },
      {
        path: 'start',
        lazy: async () => ({ Component: (await import('../places/set-up/start-page.tsx')).StartPage }),
      },
      { path: 'desk', lazy: async () => ({ Component: (await import('../places/desk/desk-page.tsx')).DeskPage }) },
      { path: 'live', lazy: async () => ({ Component: (await import('../places/live/live-page.tsx')).LivePage }) },
      {
        path: 'interactions',
        lazy: async () => ({
          Component: (await import('../places/interactions/interactions-page.tsx')).InteractionsPage,
        }),
      },
      {
        path: 'interactions/:interactionId',
        lazy: async () => ({
          Component: (await import('../places/interactions/interaction-page.tsx')).InteractionPage,
        }),
      },
      {
        path: 'directory',
        lazy: async () => ({ Component: (await import('../places/directory/directory-page.tsx')).DirectoryPage }),
      },
      {
        path: 'directory/import',
        lazy: async () => ({ Component: (await import('../places/directory/import-page.tsx')).ImportPage }),
      },
      {
        path: 'connections',
        lazy: async () => ({
          Component: (await import('../places/connections/connections-page.tsx')).ConnectionsPage,
        }),
      },
      {
        path: 'connections/new',
        lazy: async () => ({
          Component: (await import('../places/connections/new-connection-page.tsx')).NewConnectionPage,
        }),
      },
      {
        path: 'connections/:connectionId/:view?',
        lazy: async () => ({ Component: (await import('../places/connections/connection-page.tsx')).ConnectionPage }),
      },
      {
        path: 'dictionaries',
        lazy: async () => ({
          Component: (await import('../places/dictionaries/dictionaries-page.tsx')).DictionariesPage,
        }),
      },
      {
        path: 'dictionaries/import',
        lazy: async () => ({
          Component: (await import('../places/dictionaries/import-page.tsx')).ImportTemplatePage,
        }),
      },
      {
        path: 'dictionaries/:connector/:document',
        lazy: async () => ({ Component: (await import('../places/dictionaries/editor-page.tsx')).DictionaryPage }),
      },
      {
        path: 'writes',
        lazy: async () => ({ Component: (await import('../places/writes/writes-page.tsx')).WritesPage }),
      },
      {
        path: 'access',
        lazy: async () => ({ Component: (await import('../places/access/access-page.tsx')).AccessPage }),
      },
      {
        path: 'settings/:view?',
        lazy: async () => ({ Component: (await import('../places/settings/settings-page.tsx')).SettingsPage }),
      },
      { path: '*', Component: LostPage },
    ],
  },
]);
