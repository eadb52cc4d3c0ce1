import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const screenshotDirectory = resolve('.sandbox/screenshots');

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The widths every page is looked at: a laptop and a phone. */
const viewports = {
  1360: { width: 1360, height: 900 },
  390: { width: 390, height: 844 },
} as const;

/** What a browser offers to a test, and how to end it. */
export type TestBrowser = {
  page: Page;
  /** Errors of the page and of its console since the start. */
  errors: string[];
  close(): Promise<void>;
};

function findInstalled(): string | undefined {
  if (process.env.CHROMIUM_PATH) {
    return process.env.CHROMIUM_PATH;
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return (process.env.PATH ?? '')
    .split(':')
    .flatMap(directory => names.map(name => join(directory, name)))
    .find(file => existsSync(file));
}

function starts(executable: string): boolean {
  return spawnSync(executable, ['--version'], { stdio: 'ignore' }).status === 0;
}

// The packaged Chromium carries the libraries it needs, but unpacks them only
// where it believes to be in the cloud function it was made for.
async function unpackPackaged(): Promise<string> {
  const packaged = await import('@sparticuz/chromium');
  const executable = await packaged.default.executablePath();
  if (!starts(executable)) {
    const archive = join(
      dirname(require.resolve('@sparticuz/chromium')),
      '../bin/al2023.tar.br',
    );
    packaged.setupLambdaEnvironment(
      join(await packaged.inflate(archive), 'lib'),
    );
  }
  return executable;
}

/** The Chromium of the machine, else the one that comes as a package. */
export async function findChromium(): Promise<string> {
  const executable = findInstalled() ?? (await unpackPackaged());
  if (!starts(executable)) {
    throw new Error(
      `'${executable}' does not start; name a Chromium in CHROMIUM_PATH`,
    );
  }
  return executable;
}

function collectErrors(context: BrowserContext, errors: string[]): void {
  context.on('weberror', error => {
    errors.push(error.error().stack ?? error.error().message);
  });
  context.on('console', message => {
    if (message.type() === 'error') {
      errors.push(`${message.text()} (${message.location().url})`);
    }
  });
}

/** Opens a browser without any history on a fresh profile. */
export async function openBrowser(): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'supply-chain-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findChromium(),
    args: flags,
    viewport: viewports[1360],
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  const errors: string[] = [];
  collectErrors(context, errors);
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    errors,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Pictures are for people, who ask for them by running these tests alone. */
const keepsPictures = process.env.SUPPLY_CHAIN_SCREENSHOTS === '1';

/** Takes a picture of the page as it stands into `.sandbox/screenshots/`, where somebody wants it. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!keepsPictures) {
    return;
  }
  mkdirSync(screenshotDirectory, { recursive: true });
  await page.screenshot({
    path: join(screenshotDirectory, `${name}.png`),
    animations: 'disabled',
  });
}

/**
 * Takes pictures of the page, wide and narrow, light and dark, into
 * `.sandbox/screenshots/`. They are for people; no test compares them.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!keepsPictures) {
    return;
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, viewport] of Object.entries(viewports)) {
      await page.setViewportSize(viewport);
      // Another theme or width may build the page anew, which then loads again.
      await page.waitForFunction(
        () => !document.querySelector('[aria-busy="true"]'),
      );
      await keepPicture(page, `${name}-${width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(viewports[1360]);
}
