import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { eventually, openApi, type EntityReport } from './api';
import { openBrowser, type TestBrowser } from './browser';
import { signIn, startPortal, type Portal } from './portal';

const WIDTHS = [1360, 390, 320];
const SCHEMES = ['light', 'dark'] as const;

/** Marks what this plugin draws; the header, tabs and sidebar around it are the portal's own. */
const OUR_ROOT = '[data-supply-chain]';

type Address = { name: string; path: string };

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include(OUR_ROOT)
    .analyze();
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(node => `${node.target.join(' ')} ${node.failureSummary}`)
        .join(' | ')}`,
  );
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByText('Demo data from the sandbox').first().waitFor();
  // Axe measures colours; half of a transition is no colour of ours.
  await page.waitForFunction(
    () => !document.querySelector('[aria-busy="true"]'),
  );
}

/** The page as a whole, and what of ours is cut off or scrolls within it. */
function neededWidth(page: Page): Promise<number> {
  return page.evaluate(
    root =>
      Math.max(
        document.documentElement.scrollWidth,
        ...[...document.querySelectorAll(root)].map(
          ours => ours.getBoundingClientRect().left + ours.scrollWidth,
        ),
      ),
    OUR_ROOT,
  );
}

describe('for everybody', () => {
  let portal: Portal;
  let browser: TestBrowser;
  const addresses: Address[] = [
    { name: 'overview', path: '/supply-chain/overview' },
    { name: 'sources', path: '/supply-chain/sources' },
    { name: 'not linked', path: '/supply-chain/not-linked' },
    { name: 'policies', path: '/supply-chain/policies' },
    { name: 'trust roots', path: '/supply-chain/trust' },
  ];

  before(async () => {
    portal = await startPortal();
    const api = await openApi(portal.url);
    const report = await eventually(
      () => api.get<EntityReport>('/entities/component/default/inventory'),
      ({ images, pending }) =>
        pending === 0 &&
        images.length > 0 &&
        images.every(({ verdicts }) => verdicts.length > 0),
      60_000,
    );
    const [image] = report.images as unknown as {
      key: string;
      digest: string;
      repository: string;
    }[];
    const tab = '/catalog/default/component/inventory/supply-chain';
    const key = new URLSearchParams({ image: image.key });
    const page = `/supply-chain/images/${image.digest}`;
    const { repository } = image;
    addresses.push(
      { name: 'tab', path: tab },
      { name: 'opened row', path: `${tab}?${key}` },
      ...['signature', 'vulnerabilities', 'policy', 'history', 'raw'].map(
        name => ({
          name: `image, ${name}`,
          path: `${page}?${new URLSearchParams({ repository, tab: name })}`,
        }),
      ),
    );
    browser = await openBrowser();
    await signIn(browser.page, portal.url);
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  async function show(
    width: number,
    colorScheme: (typeof SCHEMES)[number],
  ): Promise<void> {
    await browser.page.emulateMedia({ colorScheme });
    await browser.page.setViewportSize({ width, height: 900 });
  }

  async function findViolations(): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const { name, path } of addresses) {
      await open(browser.page, `${portal.url}${path}`);
      const problems = await violations(browser.page);
      if (problems.length) {
        found[name] = problems;
      }
    }
    return found;
  }

  async function findTooWide(width: number): Promise<Record<string, number>> {
    const tooWide: Record<string, number> = {};
    for (const { name, path } of addresses) {
      await open(browser.page, `${portal.url}${path}`);
      const needed = await neededWidth(browser.page);
      if (needed > width) {
        tooWide[name] = needed;
      }
    }
    return tooWide;
  }

  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      it(`no page has a violation at ${width} px in ${colorScheme}`, async () => {
        await show(width, colorScheme);
        assert.deepEqual(await findViolations(), {});
      });
    }
  }

  for (const width of [390, 320]) {
    it(`no page scrolls sideways at ${width} px`, async () => {
      await show(width, 'light');
      assert.deepEqual(await findTooWide(width), {});
    });
  }
});
