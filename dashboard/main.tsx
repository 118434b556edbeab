import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from './api/query-client.ts';
import { AppearanceProvider } from './frame/appearance.tsx';
import { preferredLanguage, switchLanguage } from './frame/language.ts';
import { router } from './frame/router.tsx';
import './frame/styles.css';

const language = preferredLanguage();
const antdLocale = await switchLanguage(language);
const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <AppearanceProvider language={language} antdLocale={antdLocale}>
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </AppearanceProvider>
  </StrictMode>,
);
