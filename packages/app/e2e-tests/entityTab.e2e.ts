import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBrowser, screenshot, type TestBrowser } from './browser';
import { signIn, startPortal, type Portal } from './portal';

describe('a portal with the plugin installed', () => {
  let portal: Portal;
  let browser: TestBrowser;

  before(async () => {
    portal = await startPortal();
    browser = await openBrowser();
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  it('leads a guest from the root to the catalog', async () => {
    const { page } = browser;
    await signIn(page, portal.url);
    assert.equal(new URL(page.url()).pathname, '/catalog');
    await screenshot(page, 'catalog');
  });

  it('offers the supply chain of a component beside its overview', async () => {
    const { page } = browser;
    await page
      .getByRole('table')
      .getByRole('row')
      .nth(1)
      .getByRole('link')
      .first()
      .click();
    const navigation = page.getByRole('navigation', {
      name: 'Content navigation',
    });
    await navigation.getByRole('link', { name: 'Supply chain' }).click();
    await page.waitForURL(/\/catalog\/[^/]+\/[^/]+\/[^/]+\/supply-chain/);
    await screenshot(page, 'entity-tab');
  });

  it('causes no error in the browser', () => {
    assert.deepEqual(browser.errors, []);
  });
});
