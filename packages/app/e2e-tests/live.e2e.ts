import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventually, openApi, type ApiClient, type EntityReport } from './api';
import { openBrowser, screenshot, type TestBrowser } from './browser';
import { signIn, startPortal, type Portal } from './portal';
import { openSandboxControl, type SandboxControl } from './sandboxControl';

describe('a portal that is open while the world changes', () => {
  let portal: Portal;
  let browser: TestBrowser;
  let api: ApiClient;
  let control: SandboxControl;

  const web = () => api.get<EntityReport>('/entities/component/default/web');

  before(async () => {
    portal = await startPortal();
    api = await openApi(portal.url);
    control = openSandboxControl(portal.stateDirectory);
    browser = await openBrowser();
    await signIn(browser.page, portal.url);
    await eventually(web, ({ outcome }) => outcome === 'pass', 60_000);
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  it('shows a pod that was started, judged, within five seconds and without a reload', async test => {
    const { page } = browser;
    await page.goto(`${portal.url}/catalog/default/component/web/supply-chain`);
    await page.getByText('Compliant', { exact: true }).first().waitFor();

    const startedAt = Date.now();
    await control.act('start-pod', { service: 'web', variant: 'unsigned' });
    await page
      .locator('span:visible', { hasText: /^Not compliant$/ })
      .first()
      .waitFor({ timeout: 15_000 });
    const seconds = (Date.now() - startedAt) / 1000;
    test.diagnostic(`on the page, judged, after ${seconds} s`);
    assert.ok(seconds <= 5, `expected at most 5 s, got ${seconds} s`);
    await screenshot(page, 'live-unsigned');
  });

  it('tells the owner once that the service got worse', async () => {
    const notifications = async () => {
      const response = await fetch(`${portal.url}/api/notifications`, {
        headers: { authorization: `Bearer ${api.token}` },
      });
      const { notifications: found } = (await response.json()) as {
        notifications: { payload: { title: string } }[];
      };
      return found;
    };
    const found = await eventually(notifications, list => list.length > 0);
    assert.equal(found.length, 1, JSON.stringify(found));
  });

  it('is compliant again when the pod is gone', async () => {
    await control.act('stop-pod', { service: 'web' });
    await eventually(web, ({ outcome }) => outcome === 'pass');
  });

  it('keeps the last result and says so while the registry refuses', async () => {
    await control.act('refuse-registry', { service: 'web' });
    const response = await fetch(
      `${portal.url}/api/supply-chain/entities/component/default/web/recheck`,
      { method: 'POST', headers: { authorization: `Bearer ${api.token}` } },
    );
    assert.equal(response.status, 202);
    const report = await eventually(web, ({ images }) =>
      images.some(image => 'lastLook' in (image.signature ?? {})),
    );
    assert.equal(report.outcome, 'pass');
    await control.act('restore-registry', { service: 'web' });
  });
});
