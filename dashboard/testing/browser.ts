/** A headless Chromium, the dashboard as it is built, and a way to look at a page as one kind of user. */
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { build } from 'vite';

const artifacts = fileURLToPath(new URL('../../test/artifacts/', import.meta.url));
const require = createRequire(import.meta.url);

export interface Look {
  readonly language: 'en' | 'zh-CN';
  readonly theme: 'light' | 'dark';
  readonly width: number;
}

/** Builds into the artefact folder, apart from the product's own build and from those of other test files. */
export async function buildDashboard(name: string): Promise<string> {
  const outDir = join(artifacts, 'dashboard-build', name);
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return outDir;
}

export function launch(executablePath: string): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({ executablePath, args: [...args, '--disable-component-update', '--disable-sync'] });
}

/** One person's browser: tabs opened in it share storage, channels and locks. */
export async function openBrowserOf(browser: Browser, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 600 ? 720 : 860 },
    locale: look.language,
    colorScheme: look.theme,
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
  });
  await context.addInitScript(
    ([language, theme]) => {
      if (location.protocol === 'about:') return;
      if (localStorage.getItem('tieline.language') === null) localStorage.setItem('tieline.language', language ?? 'en');
      if (localStorage.getItem('tieline.theme') === null) localStorage.setItem('tieline.theme', theme ?? 'light');
    },
    [look.language, look.theme],
  );
  return context;
}

export async function snap(page: Page, name: string, look: Look): Promise<void> {
  const folder = join(artifacts, 'screens');
  await mkdir(folder, { recursive: true });
  const file = `${name}.${look.language}.${look.theme}.${look.width}.png`;
  await page.screenshot({ path: join(folder, file), fullPage: true });
}

export interface Finding {
  readonly id: string;
  readonly help: string;
  readonly where: readonly string[];
}

/** What axe finds on the page as it stands. */
export async function axeFindings(page: Page): Promise<readonly Finding[]> {
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const axe = Reflect.get(window, 'axe') as {
      run: () => Promise<{
        violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
      }>;
    };
    const { violations } = await axe.run();
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.slice(0, 4).map((node) => `${node.html.slice(0, 200)} :: ${node.failureSummary ?? ''}`),
    }));
  });
}
