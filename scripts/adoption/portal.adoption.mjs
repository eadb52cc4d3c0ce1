// Run by scripts/test/adoption.mjs, which packs the packages and installs them into a fresh app first.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runToEnd } from '../process.mjs';
import { startFreshPortal } from './freshPortal.mjs';
import { prepared } from './prepared.mjs';

// TypeScript of the workspace, loaded by the hook this file is run with.
const require = createRequire(import.meta.url);
const {
  FREE_SANDBOX_PORTS,
  sandboxEnvironment,
  startSandbox,
} = require('sandbox');
const { eventually, openApi } = require('../../packages/app/e2e-tests/api.ts');
const {
  openBrowser,
  screenshot,
} = require('../../packages/app/e2e-tests/browser.ts');

/** A service of the sandbox that meets every rule. */
const SERVICE = 'web';
const VERDICT_DEADLINE_MS = 120_000;

const { app, deployed, steps } = prepared();
let sandbox;
let portal;
let browser;

before(async () => {
  sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
  const environment = sandboxEnvironment(sandbox);
  portal = await startFreshPortal({ app, deployed, steps, environment });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await portal?.stop();
  await sandbox?.stop();
});

describe('a portal that followed the README', () => {
  it('judges what runs in the cluster', async () => {
    const api = await openApi(portal.url);
    const report = await eventually(
      () => api.get(`/entities/component/default/${SERVICE}`),
      ({ pending, images }) =>
        pending === 0 &&
        images.length > 0 &&
        images.every(({ verdicts }) => verdicts.length > 0),
      VERDICT_DEADLINE_MS,
    );
    assert.equal(report.outcome, 'pass');
    assert.equal(report.images[0].signature.status, 'verified');
  });

  it('shows the tab of a service with its verdict', async () => {
    const { page } = browser;
    await page.goto(`${portal.url}/catalog/default/component/${SERVICE}`);
    await page.getByRole('button', { name: 'Enter' }).click();
    await page
      .getByRole('link', { name: 'Supply chain', exact: true })
      .last()
      .waitFor();
    const tabs = page.getByRole('navigation', { name: 'Content navigation' });
    await tabs.getByRole('link', { name: 'Supply chain' }).click();
    await page.waitForURL(/\/supply-chain/);
    await page
      .getByText(/meets? every rule that applies\./)
      .first()
      .waitFor();
  });

  it('shows the image that runs with its verified signature', async () => {
    const row = browser.page
      .getByRole('row')
      .filter({ hasText: `shop/${SERVICE}` })
      .first();
    await row.getByText('Verified', { exact: true }).first().waitFor();
    await screenshot(browser.page, 'adoption-entity-tab');
  });

  it('leads from its navigation to the overview', async () => {
    const { page } = browser;
    await page.locator('nav a[href="/supply-chain"]').first().click();
    await page.getByRole('heading', { name: 'Supply chain' }).first().waitFor();
    await page.getByText('Web shop').first().waitFor();
    await screenshot(page, 'adoption-overview');
  });
});

describe('after all that', () => {
  it('there was no error in the browser', () => {
    assert.deepEqual(browser.errors, []);
  });

  it('there is no error of the plugin in the log', () => {
    const errors = portal
      .readLog()
      .split('\n')
      .filter(line => /supply-chain/.test(line) && /\berror\b/.test(line));
    assert.deepEqual(errors, []);
  });

  it('the command line gives the same verdict', async () => {
    const { host } = new URL(sandbox.registryUrl);
    const { code, output } = await runToEnd(
      process.execPath,
      [
        join(app, 'node_modules/.bin/supply-chain'),
        'verify',
        ...['--policy', sandbox.policyFile],
        ...['--insecure-registry', host],
        `${host}/shop/${SERVICE}:1.4.0`,
      ],
      { capture: true, cwd: app },
    );
    assert.equal(code, 0, output);
  });
});
