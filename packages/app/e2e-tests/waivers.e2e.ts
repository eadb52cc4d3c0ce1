import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { problemsOf, SCHEMES, show, WIDTHS } from './accessibility';
import { eventually, openApi, type ApiClient, type EntityReport } from './api';
import { keepPicture, openBrowser, type TestBrowser } from './browser';
import { signIn, startPortal, type Portal } from './portal';

const DIALOG = '[role="dialog"]';

type Waivers = {
  total: number;
  items: { id: string; requestedBy: string; approvedBy?: string }[];
};

/** Opens something at every width and in every scheme, takes a picture, and says what is wrong with it there. */
async function problemsEverywhere(
  page: Page,
  name: string,
  open: () => Promise<void>,
  root?: string,
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      await show(page, { width, colorScheme });
      await open();
      await keepPicture(page, `${name}-${width}-${colorScheme}`);
      const problems = await problemsOf(page, { root });
      if (problems.length) {
        found[`${width} ${colorScheme}`] = problems;
      }
    }
  }
  await show(page, { width: 1360, colorScheme: 'light' });
  await open();
  return found;
}

describe('a waiver that somebody asked for', () => {
  let portal: Portal;
  let browser: TestBrowser;
  let owner: ApiClient;
  let pending: Waivers;

  const list = (state: string) => owner.get<Waivers>(`/waivers?state=${state}`);
  const reasons = async () => {
    const { images } = await owner.get<EntityReport>(
      '/entities/component/default/notifications',
    );
    return images.flatMap(({ verdicts }) =>
      verdicts.flatMap(({ findings }) =>
        findings.map(({ outcome, reason }) => `${outcome} ${reason}`),
      ),
    );
  };

  before(async () => {
    portal = await startPortal();
    owner = await openApi(portal.url, 'owner');
    // The sandbox asks for it once it knows what fails.
    pending = await eventually(
      () => list('pending'),
      ({ total }) => total > 0,
      90_000,
    );
    browser = await openBrowser();
    await signIn(browser.page, portal.url, 'Sign in as the platform team');
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  it('waits for somebody else: its requester may not approve it', async () => {
    const [{ id, requestedBy }] = pending.items;
    assert.equal(requestedBy, 'user:default/owner');
    const response = await fetch(
      `${portal.url}/api/supply-chain/waivers/${id}/approve`,
      { method: 'POST', headers: { authorization: `Bearer ${owner.token}` } },
    );
    assert.equal(response.status, 403);
  });

  it('can be read by everybody at every width', async () => {
    const { page } = browser;
    const open = async () => {
      await page.goto(`${portal.url}/supply-chain/waivers`);
      await page.getByRole('button', { name: /^Approve/ }).waitFor();
    };
    assert.deepEqual(
      await problemsEverywhere(page, 'waivers-pending', open),
      {},
    );
  });

  it('is approved on the page, and the service says so', async () => {
    const { page } = browser;
    const [{ id }] = pending.items;
    assert.ok(
      (await reasons()).includes('fail movingTag'),
      `${await reasons()}`,
    );
    const openDialog = async () => {
      await page.goto(`${portal.url}/supply-chain/waivers?waiver=${id}`);
      await page.getByRole('button', { name: /^Approve/ }).click();
      await page.getByText('Approve this waiver?').waitFor();
    };
    assert.deepEqual(
      await problemsEverywhere(page, 'waiver-approve', openDialog, DIALOG),
      {},
    );
    await page.getByLabel('Comment').fill('Until the pipeline pins');
    await page.locator(DIALOG).getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved. The verdicts follow').waitFor();
    const { items } = await list('active');
    assert.equal(
      items.find(each => each.id === id)?.approvedBy,
      'user:default/platform',
    );
    await eventually(reasons, found =>
      found.some(each => each.startsWith('waived')),
    );
    const openRow = async () => {
      await page.goto(
        `${portal.url}/supply-chain/waivers?state=active&waiver=${id}`,
      );
      await page.getByRole('heading', { name: 'What was done' }).waitFor();
    };
    assert.deepEqual(
      await problemsEverywhere(page, 'waivers-active', openRow),
      {},
    );
  });

  it('can be asked for on the page of a service', async () => {
    const { page } = browser;
    const openDialog = async () => {
      await page.goto(
        `${portal.url}/catalog/default/component/invoices/supply-chain`,
      );
      await page
        .getByRole('button', { name: /invoices/ })
        .first()
        .click();
      await page
        .getByRole('button', { name: /^Request waiver/ })
        .first()
        .click();
      await page.getByText('Somebody else has to approve it').waitFor();
    };
    assert.deepEqual(
      await problemsEverywhere(page, 'waiver-request', openDialog, DIALOG),
      {},
    );
    await page.getByLabel('Reason').fill('The release of Monday signs it');
    await page
      .locator(DIALOG)
      .getByRole('button', { name: 'Request waiver' })
      .click();
    await page.getByText('Somebody else has to approve it now').waitFor();
    const { items } = await list('pending');
    assert.deepEqual(
      items.map(({ requestedBy }) => requestedBy),
      ['user:default/platform'],
    );
  });
});
