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
    ...['compliance', 'checks', 'vulnerabilities', 'contents'].map(tab => ({
      name: `cluster, ${tab}`,
      path: `/supply-chain/clusters/prod-eu?tab=${tab}`,
    })),
    { name: 'vulnerabilities', path: '/supply-chain/vulnerabilities' },
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
    const { items } = await eventually(
      () => api.get<{ items: { id: string }[] }>('/vulnerabilities?limit=1'),
      list => list.items.length > 0,
      60_000,
    );
    const one = new URLSearchParams({ id: items[0].id });
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
      { name: 'vulnerability', path: `/supply-chain/vulnerabilities?${one}` },
      ...[
        'signature',
        'vulnerabilities',
        'contents',
        'policy',
        'history',
        'compare',
        'raw',
      ].map(name => ({
        name: `image, ${name}`,
        path: `${page}?${new URLSearchParams({ repository, tab: name })}`,
      })),
      {
        name: 'image, compared',
        path: `${page}?${new URLSearchParams({
          repository,
          tab: 'compare',
          with: image.digest,
          withRepository: repository,
        })}`,
      },
    );
    browser = await openBrowser();
    await signIn(browser.page, portal.url);
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  /** One visit for all widths: what a page does when its width changes is looked at as well. */
  async function problemsAt(
    { path }: Address,
    colorScheme: Shown['colorScheme'],
  ): Promise<string[]> {
    const { page } = browser;
    const found: string[] = [];
    await show(page, { width: WIDTHS[0], colorScheme });
    await page.goto(`${portal.url}${path}`);
    for (const width of WIDTHS) {
      await show(page, { width, colorScheme });
      const problems = await problemsOf(page);
      found.push(...problems.map(problem => `${width} px: ${problem}`));
    }
    return found;
  }

  async function findProblems(
    colorScheme: Shown['colorScheme'],
  ): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const address of addresses) {
      const problems = await problemsAt(address, colorScheme);
      if (problems.length) {
        found[address.name] = problems;
      }
    }
    return found;
  }

  for (const colorScheme of SCHEMES) {
    it(`no page has a violation or scrolls sideways at ${WIDTHS.join(
      ', ',
    )} px in ${colorScheme}`, async () => {
      assert.deepEqual(await findProblems(colorScheme), {});
    });
  }
});
