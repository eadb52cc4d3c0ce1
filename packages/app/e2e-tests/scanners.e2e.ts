import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { eventually, openApi, type ApiClient, type EntityReport } from './api';
import { openBrowser, screenshot, type TestBrowser } from './browser';
import { signIn, startPortal, type Portal } from './portal';
import { openSandboxControl } from './sandboxControl';

/** The service whose image Trivy and Clair rate differently, and the vulnerability. */
const SERVICE = { name: 'vouchers', title: 'Vouchers' };
const DISPUTED = `CVE-${new Date().getUTCFullYear()}-99002`;
/** Clair is asked about what it has not finished, and so found to be down, after a pause that grows. */
const NOTICED_WITHIN_MS = 180_000;

describe('two scanners', () => {
  let portal: Portal;
  let browser: TestBrowser;
  let api: ApiClient;

  const report = (name: string) =>
    api.get<EntityReport & { sources: { name: string; state: string }[] }>(
      `/entities/component/default/${name}`,
    );

  before(async () => {
    portal = await startPortal();
    api = await openApi(portal.url);
    browser = await openBrowser();
    await signIn(browser.page, portal.url);
    await eventually(
      () => report(SERVICE.name),
      ({ images }) => images[0]?.vulnerabilities?.scanner === 'Clair, Trivy',
      60_000,
    );
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  it('make one row of what both found on the page of the image, with what each says', async () => {
    const { page } = browser;
    const [{ repository, digest }] = (await report(SERVICE.name)).images;
    const query = new URLSearchParams({
      repository: repository!,
      tab: 'vulnerabilities',
      group: 'cve',
    });
    await page.goto(`${portal.url}/supply-chain/images/${digest}?${query}`);
    const found = page
      .locator('[data-supply-chain]')
      .getByRole('row')
      .filter({ hasText: DISPUTED });
    await found.getByText('Trivy says medium').waitFor();
    await found.getByText('high', { exact: true }).first().waitFor();
    assert.equal(await found.count(), 1);
    await screenshot(page, 'two-scanners-image');
  });

  it('make one place of it among all vulnerabilities, and in the export', async () => {
    const { page } = browser;
    const query = new URLSearchParams({ id: DISPUTED });
    await page.goto(`${portal.url}/supply-chain/vulnerabilities?${query}`);
    const content = page.locator('[data-supply-chain]');
    const place = content.getByRole('row').filter({ hasText: SERVICE.title });
    await place.getByText('Trivy says medium').waitFor();
    assert.equal(await place.count(), 1);
    await screenshot(page, 'two-scanners-vulnerability');

    const saving = page.waitForEvent('download');
    await content.getByRole('button', { name: /^Export/ }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    const file = await (await saving).path();
    const [, ...lines] = readFileSync(file, 'utf8').trim().split('\r\n');
    // An older image of another service has it too, and Clair knows nothing of that one.
    const own = lines.filter(line =>
      line.includes(`component:default/${SERVICE.name}"`),
    );
    assert.equal(own.length, 1, lines.join('\n'));
    assert.match(own[0], /"high","Clair: high; Trivy: medium"/);
  });

  it('stand among the sources, with how many images Clair could not scan', async () => {
    const { page } = browser;
    await eventually(
      () => report('mailer'),
      ({ images }) => images[0]?.vulnerabilities?.status === 'unavailable',
    );
    await page.goto(`${portal.url}/supply-chain/sources`);
    await page
      .locator('[data-supply-chain]')
      .getByRole('row')
      .filter({ hasText: 'Clair v4' })
      .getByText('images could not be scanned')
      .waitFor();
    await screenshot(page, 'two-scanners-sources');
  });

  it('keep what is known while Clair is down, and the page says that it is', async () => {
    const { page } = browser;
    await openSandboxControl(portal.stateDirectory).act('clair-down', {});
    const { images } = await eventually(
      () => report(SERVICE.name),
      ({ sources }) =>
        sources.some(
          ({ name, state }) => name === 'Clair v4' && state === 'down',
        ),
      NOTICED_WITHIN_MS,
    );
    assert.equal(images[0].vulnerabilities?.scanner, 'Clair, Trivy');
    assert.equal(images[0].vulnerabilities?.counts?.high, 1);
    await page.goto(
      `${portal.url}/catalog/default/component/${SERVICE.name}/supply-chain`,
    );
    await page
      .getByText(/Clair v4/)
      .first()
      .waitFor({ timeout: 30_000 });
    await screenshot(page, 'two-scanners-clair-down');
  });

  it('cause no error in the browser', () => {
    assert.deepEqual(browser.errors, []);
  });
});
