import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import {
  fakeApi,
  renderPage,
  responseError,
} from '../../__testUtils__/renderPage';
import { overviewReport, serviceRow } from '../../__testUtils__/reports';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { OverviewPage } from './OverviewPage';

function lastQuery(api: ReturnType<typeof fakeApi>) {
  return api.getOverview.mock.lastCall?.[0];
}

describe('the overview', () => {
  it('asks for what my teams own', async () => {
    const api = fakeApi();
    await renderPage(<OverviewPage />, { api });
    await screen.findByRole('table');
    expect(lastQuery(api)).toMatchObject({
      owner: ['user:default/guest', 'group:default/team-payments'],
    });
    expect(screen.getByLabelText('Owner')).toHaveValue('mine');
  });

  it('shows everything to who owns nothing', async () => {
    const api = fakeApi();
    await renderPage(<OverviewPage />, { api, owns: ['user:default/guest'] });
    await screen.findByRole('table');
    expect(lastQuery(api)?.owner).toBeUndefined();
    expect(screen.getByLabelText('Owner')).toHaveValue('all');
  });

  it('rounds shares down and names what cannot be told beside them', async () => {
    await renderPage(<OverviewPage />);
    const figures = await screen.findByRole('region', { name: 'Key figures' });
    expect(within(figures).getByText('99 %')).toBeInTheDocument();
    expect(
      within(figures).getByText("996 of 1000 · 2 can't tell"),
    ).toBeInTheDocument();
    expect(
      within(figures).getByText('no image it applies to'),
    ).toBeInTheDocument();
  });

  it('asks for the services that come to something under a rule, and lets go of it', async () => {
    const api = fakeApi();
    await renderPage(<OverviewPage />, {
      api,
      path: '/?owner=all&policy=default&rule=image-signed&policyOutcome=fail&scan=unknown',
    });
    expect(
      await screen.findByText(
        'Services under the rule Image is signed by a trusted signer of the policy default: Fails',
      ),
    ).toBeInTheDocument();
    expect(lastQuery(api)).toMatchObject({
      policy: 'default',
      rule: 'image-signed',
      policyOutcome: 'fail',
      scan: 'unknown',
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all services' }),
    );
    expect(screen.queryByText(/Services under/)).not.toBeInTheDocument();
    expect(lastQuery(api)).toMatchObject({
      policy: undefined,
      rule: undefined,
      policyOutcome: undefined,
      scan: 'unknown',
    });
  });

  it('leads from each figure into the table', async () => {
    await renderPage(<OverviewPage />);
    const figures = await screen.findByRole('region', { name: 'Key figures' });
    expect(within(figures).getAllByRole('link')).toHaveLength(8);
    expect(
      within(figures).getByRole('link', {
        name: /71 %.*built from our repository.*84 of 118 · 5 can't tell/,
      }),
    ).toHaveAttribute('href', '/supply-chain/overview?provenance=fail');
    expect(
      within(figures).getByRole('link', {
        name: /11.*fixable criticals overdue.*of 46 open · 3 images not scanned/,
      }),
    ).toBeInTheDocument();
    expect(
      within(figures).getByRole('link', { name: /from an allowed registry/ }),
    ).toHaveAttribute('href', '/supply-chain/overview?registry=fail');
    expect(
      within(figures).getByRole('link', { name: /scanned lately/ }),
    ).toHaveAttribute('href', '/supply-chain/overview?scan=fail');
    expect(
      within(figures).getByRole('link', { name: /services can't tell/ }),
    ).toHaveAttribute('href', '/supply-chain/overview?outcome=unknown');
    expect(
      within(figures).getByRole('link', { name: /linked to no service/ }),
    ).toHaveAttribute('href', '/supply-chain/not-linked');
  });

  it('does not mention unlinked workloads without the permission', async () => {
    const { figures } = overviewReport();
    const { unlinked: _, ...rest } = figures;
    await renderPage(<OverviewPage />, {
      api: fakeApi({
        getOverview: async () => overviewReport({ figures: rest }),
      }),
    });
    await screen.findByRole('table');
    expect(screen.queryByText(/linked to no service/)).not.toBeInTheDocument();
  });

  it('sorts by the backend', async () => {
    const api = fakeApi();
    await renderPage(<OverviewPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: /Changed/ }),
    );
    await screen.findByRole('table');
    expect(lastQuery(api)).toMatchObject({ orderBy: 'changed', order: 'asc' });
  });

  it('narrows by whether images are built from our repository', async () => {
    const api = fakeApi();
    await renderPage(<OverviewPage />, { api });
    await userEvent.selectOptions(
      await screen.findByLabelText('Our repo'),
      'fail',
    );
    const table = await screen.findByRole('table');
    expect(lastQuery(api)).toMatchObject({ provenance: 'fail' });
    const row = within(table).getByRole('row', { name: /payments-api/ });
    expect(within(row).getByText('1/2')).toBeInTheDocument();
  });

  it('opens with a checklist until everything is set up', async () => {
    await renderPage(<OverviewPage />, {
      api: fakeApi({
        getOverview: async () =>
          overviewReport({
            checklist: [
              { step: 'clusters', done: true, count: 2 },
              {
                step: 'trustRoot',
                done: false,
                problem: 'noTrustRootConfigured',
              },
            ],
          }),
      }),
    });
    expect(
      await screen.findByText('To make this page complete'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Add a TrustRoot document and name it/),
    ).toBeInTheDocument();
  });

  it('has no checklist when nothing is left to do', async () => {
    await renderPage(<OverviewPage />);
    await screen.findByRole('table');
    expect(
      screen.queryByText('To make this page complete'),
    ).not.toBeInTheDocument();
  });

  it('shows the error and no table', async () => {
    const error = await responseError(500, 'boom');
    await renderPage(<OverviewPage />, {
      api: fakeApi({ getOverview: () => Promise.reject(error) }),
    });
    expect(
      await screen.findByText('This could not be loaded'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it.each(HOSTILE_STRINGS)('keeps %j text', async text => {
    await renderPage(<OverviewPage />, {
      api: fakeApi({
        getOverview: async () =>
          overviewReport({
            items: [
              serviceRow({
                entityRef: text,
                title: text,
                owner: text,
                system: text,
                reason: text,
              }),
            ],
            facets: {
              owners: [text],
              systems: [text],
              lifecycles: [text],
              clusters: [text],
            },
          }),
      }),
    });
    await screen.findByRole('table');
    expect(hasUnseenCharacters(document.body.textContent ?? '')).toBe(false);
    expect(document.querySelector('main img, script')).toBeNull();
  });
});
