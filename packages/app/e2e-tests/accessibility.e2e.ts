import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { problemsOf, SCHEMES, show, Shown, WIDTHS } from './accessibility';
import { eventually, openApi, type EntityReport } from './api';
import { openBrowser, type TestBrowser } from './browser';
import { signIn, startPortal, type Portal } from './portal';

type Address = { name: string; path: string };

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

  async function findNone(shown: Shown): Promise<void> {
    await show(browser.page, shown);
    assert.deepEqual(await findProblems(), {});
  }

  async function findProblems(): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const { name, path } of addresses) {
      await browser.page.goto(`${portal.url}${path}`);
      const problems = await problemsOf(browser.page);
      if (problems.length) {
        found[name] = problems;
      }
    }
    return found;
  }

  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      const shown = { width, colorScheme };
      it(`no page has a violation or scrolls sideways at ${width} px in ${colorScheme}`, () =>
        findNone(shown));
    }
  }
});
