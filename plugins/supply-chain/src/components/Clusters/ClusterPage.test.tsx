import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { schema } from 'backstage-plugin-supply-chain-common';
import {
  clusterReport,
  fakeClusterApi,
  silentCluster,
} from '../../__testUtils__/clusterReports';
import {
  fakeApi,
  renderPage,
  responseError,
} from '../../__testUtils__/renderPage';
import { ClusterApi } from '../../api';
import { ClusterRoutes } from '../ClusterRoutes';
import { ClusterList, ClusterPage } from '.';

async function renderCluster(
  clusters: Partial<ClusterApi> = {},
  path = '/',
): Promise<jest.Mocked<ClusterApi>> {
  const api = fakeClusterApi(clusters);
  await renderPage(<ClusterPage cluster="prod-eu" />, {
    api: fakeApi({ clusters: api }),
    path,
  });
  return api;
}

const CONTROLS: schema.ControlPage = {
  total: 3,
  items: [
    {
      framework: { id: 'clustercompliancereports/cis', title: 'CIS' },
      id: '5.1.2',
      name: 'Minimize access to <b>secrets</b>',
      severity: 'high',
      status: 'fail',
      failed: 2,
    },
    {
      framework: { id: 'clustercompliancereports/cis', title: 'CIS' },
      id: '5.3.1',
      name: 'Network policies (Manual)',
      status: 'notEvaluated',
    },
    {
      framework: { id: 'clustercompliancereports/cis', title: 'CIS' },
      id: '5.2.2',
      name: 'Privileged\u202econtainers',
      severity: 'info',
      status: 'pass',
      failed: 0,
    },
  ],
};

describe('a cluster', () => {
  it('says what its parts come to, and that no service is meant', async () => {
    await renderCluster();
    expect(await screen.findByText('Cluster prod-eu')).toBeInTheDocument();
    expect(
      screen.getByText('3 fail · 3 not evaluated · 4 met'),
    ).toBeInTheDocument();
    expect(screen.getByText('1 check fails')).toBeInTheDocument();
    expect(
      screen.getByText(/None of it belongs to a service/),
    ).toBeInTheDocument();
  });

  it('names the permission without which it is not shown', async () => {
    const error = await responseError(403, 'no');
    await renderCluster({ getCluster: () => Promise.reject(error) });
    expect(
      await screen.findByText(/supply-chain.unlinked.read is missing/),
    ).toBeInTheDocument();
  });

  it('names the permission without which controls are left out', async () => {
    await renderCluster({
      getCluster: async () =>
        clusterReport({ missingPermissions: ['supply-chain.secrets.read'] }),
    });
    expect(
      await screen.findByText(/Controls about secrets are neither shown/),
    ).toHaveTextContent('supply-chain.secrets.read');
  });
});

describe('its compliance', () => {
  it('shows each framework, and says when it does not know the time', async () => {
    await renderCluster();
    const table = await screen.findByRole('table', {
      name: 'Frameworks this cluster is compared with',
    });
    const [, cis, nsa] = within(table).getAllByRole('row');
    expect(cis).toHaveTextContent('CIS Kubernetes Benchmarks');
    expect(cis).toHaveTextContent('2 fail · 3 not evaluated · 4 met');
    expect(nsa).toHaveTextContent('the report does not say when');
  });

  it('shows controls as the backend sorts them; what nobody looked at is neither met nor failed', async () => {
    await renderCluster({ getControls: async () => CONTROLS });
    const table = await screen.findByRole('table', {
      name: 'Controls, the worst first',
    });
    const [, fails, open, met] = within(table).getAllByRole('row');
    expect(fails).toHaveTextContent('Fails');
    expect(fails).toHaveTextContent('Minimize access to <b>secrets</b>');
    expect(open).toHaveTextContent('Not evaluated');
    expect(open).toHaveTextContent('–');
    expect(met).toHaveTextContent('Privileged\\u{202e}containers');
    expect(met).toHaveTextContent('information');
    expect(
      screen.getByText(/It counts as neither met nor failed/),
    ).toBeInTheDocument();
  });

  it('asks for what stands in the address, and puts there what is chosen', async () => {
    const api = await renderCluster(
      {},
      '/?status=fail&severity=high&search=secrets&page=2&pageSize=10',
    );
    expect(api.getControls).toHaveBeenCalledWith({
      cluster: 'prod-eu',
      framework: undefined,
      status: 'fail',
      severity: 'high',
      search: 'secrets',
      offset: 20,
      limit: 10,
    });
    await userEvent.click(
      await screen.findByLabelText('Show its controls: NSA Hardening'),
    );
    expect(api.getControls).toHaveBeenLastCalledWith(
      expect.objectContaining({
        framework: 'clustercompliancereports/nsa',
        offset: 0,
      }),
    );
  });

  it('asks for nothing that no control can be', async () => {
    const api = await renderCluster({}, '/?status=waived&severity=unknown');
    expect(api.getControls).toHaveBeenCalledWith(
      expect.objectContaining({ status: undefined, severity: undefined }),
    );
  });
});

describe('its objects', () => {
  const CHECKS: schema.FailingCheckPage = {
    total: 1,
    items: [
      {
        topic: 'rbac',
        check: 'KSV041',
        severity: 'critical',
        category: 'Kubernetes Security Check',
        title: 'Manage secrets',
        remediation: 'Remove them',
        objects: 2,
      },
    ],
  };

  it('say what was checked, and each check that fails', async () => {
    await renderCluster(
      { getFailingChecks: async () => CHECKS },
      '/?tab=checks',
    );
    const table = await screen.findByRole('table', {
      name: 'Checked objects by topic',
    });
    expect(table).toHaveTextContent('RBAC');
    expect(table).toHaveTextContent('1 check fails on 2 objects');
    expect(table).toHaveTextContent('5 results could not be kept');
    expect(await screen.findByText('KSV041')).toBeInTheDocument();
    expect(screen.getByText('Manage secrets')).toBeInTheDocument();
  });

  it('lead from a check to the objects it fails on, and back', async () => {
    const api = await renderCluster(
      {
        getFailingChecks: async () => CHECKS,
        getCheckedObjects: jest.fn(async () => ({
          total: 1,
          items: [
            {
              kind: 'ClusterRole',
              name: 'view\u202e',
              messages: ["shouldn't manage secrets"],
              observedAt: '2026-11-23T08:00:00Z',
            },
          ],
        })),
      },
      '/?tab=checks',
    );
    await userEvent.click(await screen.findByLabelText('2 objects: KSV041'));
    expect(
      await screen.findByText('ClusterRole view\\u{202e}'),
    ).toBeInTheDocument();
    expect(api.getCheckedObjects).toHaveBeenCalledWith({
      cluster: 'prod-eu',
      topic: 'rbac',
      check: 'KSV041',
      offset: 0,
      limit: 25,
    });
    await userEvent.click(screen.getByText('All checks that fail'));
    expect(await screen.findByText('Manage secrets')).toBeInTheDocument();
  });

  it('of which none fails are said to be well', async () => {
    await renderCluster({}, '/?tab=checks');
    expect(
      await screen.findByText('Nothing that was checked fails.'),
    ).toBeInTheDocument();
  });
});

describe('its core components', () => {
  it('show what was scanned and what was found, and link to https alone', async () => {
    await renderCluster(
      {
        getVulnerabilities: async () => ({
          total: 2,
          items: [
            {
              id: 'CVE-2026-1',
              severity: 'high',
              packageName: 'k8s.io/kubelet',
              installedVersion: '1.31.0',
              fixedVersion: '1.31.4',
              link: 'https://avd.aquasec.com/nvd/cve-2026-1',
            },
            {
              id: 'CVE-2026-2',
              severity: 'low',
              packageName: 'etcd',
              installedVersion: '3.5',
              link: 'http://etcd.example/3.5',
            },
          ],
        }),
      },
      '/?tab=vulnerabilities',
    );
    expect(
      await screen.findByText('k8s.io/kubernetes 1.31.0'),
    ).toBeInTheDocument();
    expect(screen.getByText('gets no more fixes')).toBeInTheDocument();
    expect(
      screen.getByText(/They are in no count of services or images/),
    ).toBeInTheDocument();
    const links = within(screen.getByRole('tabpanel'))
      .getAllByRole('link')
      .map(each => each.getAttribute('href'));
    expect(links).toEqual(['https://avd.aquasec.com/nvd/cve-2026-1']);
    expect(screen.getByText('no fix known')).toBeInTheDocument();
    // Nothing is known of exploits here, so there is nothing to choose.
    expect(screen.queryByLabelText('Exploited')).not.toBeInTheDocument();
  });
});

describe('its contents', () => {
  const COMPONENTS: schema.ClusterComponentPage = {
    total: 21,
    items: [
      {
        name: 'k8s.io/kubelet',
        version: '1.31.0',
        type: 'application',
        purl: 'pkg:k8s/k8s.io%2Fkubelet@1.31.0',
      },
      { name: 'ubuntu', version: '22.04', type: 'operating-system' },
      { name: 'ubuntu', version: '22.04', type: 'operating-system' },
      { name: 'node\u202ename<b>', type: 'platform' },
    ],
  };

  it('are what the newest SBOM lists, and how old it is', async () => {
    await renderCluster(
      { getComponents: async () => COMPONENTS },
      '/?tab=contents',
    );
    expect(
      await screen.findByRole('table', { name: 'Components of this cluster' }),
    ).toHaveTextContent('pkg:k8s/k8s.io%2Fkubelet@1.31.0');
    expect(screen.getByText('k8s.io/kubernetes 1.31.0')).toBeInTheDocument();
    expect(screen.getByText(/^CycloneDX/).parentElement).toHaveTextContent(
      /^CycloneDX 1\.6 by Trivy 0\.72\.0, 21 components, .+$/,
    );
    // One on each node.
    expect(screen.getAllByText('ubuntu')).toHaveLength(2);
    expect(screen.getByText('node\\u{202e}name<b>')).toBeInTheDocument();
    expect(
      screen.getByText('21 components', { selector: 'dd, td' }),
    ).toBeInTheDocument();
  });

  it('are asked for as the address says, and searched by what is typed', async () => {
    const api = await renderCluster(
      { getComponents: jest.fn(async () => COMPONENTS) },
      '/?tab=contents&search=kube&page=1&pageSize=10',
    );
    await screen.findByRole('table', { name: 'Components of this cluster' });
    expect(api.getComponents).toHaveBeenLastCalledWith({
      cluster: 'prod-eu',
      search: 'kube',
      offset: 10,
      limit: 10,
    });
    const field = screen.getByRole('searchbox', {
      name: 'Name, version, licence or package URL',
    });
    await userEvent.clear(field);
    await userEvent.type(field, 'etcd');
    await waitFor(() =>
      expect(api.getComponents).toHaveBeenLastCalledWith({
        cluster: 'prod-eu',
        search: 'etcd',
        offset: 0,
        limit: 10,
      }),
    );
  });

  it('are asked for by nobody where there is no SBOM', async () => {
    const api = await renderCluster(
      { getCluster: async () => silentCluster({ state: 'notInstalled' }) },
      '/?tab=contents',
    );
    expect(
      await screen.findByText(/^ClusterSbomReport is not installed/),
    ).toBeInTheDocument();
    expect(api.getComponents).not.toHaveBeenCalled();
  });

  it('stand with what is wrong when they can no longer be read', async () => {
    const { contents } = clusterReport();
    await renderCluster(
      {
        getCluster: async () =>
          clusterReport({
            contents: {
              ...contents,
              reads: [
                {
                  kind: 'ClusterSbomReport',
                  state: 'degraded',
                  reason: 'malformedAnswer',
                  message: 'kbom: lists 3 components and counts 9',
                },
              ],
            },
          }),
        getComponents: async () => COMPONENTS,
      },
      '/?tab=contents',
    );
    expect(
      await screen.findByText('kbom: lists 3 components and counts 9'),
    ).toBeInTheDocument();
    expect(await screen.findByText('k8s.io/kubelet')).toBeInTheDocument();
  });
});

describe.each(['compliance', 'checks', 'vulnerabilities', 'contents'])(
  'where nothing is reported of its %s',
  tab => {
    it.each<[string, Omit<schema.ClusterRead, 'kind'>, RegExp]>([
      [
        'it is not installed',
        { state: 'notInstalled' },
        /is not installed in this cluster/,
      ],
      [
        'it is not read',
        { state: 'notRead' },
        /is not read: it is switched off/,
      ],
      ['it is not read yet', { state: 'starting' }, /not read yet/],
      [
        'it may not be read',
        {
          state: 'down',
          reason: 'clusterForbidden',
          message: 'list \u202ereports',
        },
        /cannot be read; what stands here may be old/,
      ],
      [
        'it is read in part',
        { state: 'degraded', reason: 'malformedAnswer' },
        /is read in part/,
      ],
    ])('because %s, that is said, and nothing good', async (_, read, text) => {
      await renderCluster(
        { getCluster: async () => silentCluster(read) },
        `/?tab=${tab}`,
      );
      expect(await screen.findByText(text)).toBeInTheDocument();
      expect(screen.getAllByText('not reported')).toHaveLength(4);
      expect(screen.queryByText(/nothing is reported/)).not.toBeInTheDocument();
    });

    it('because there is nothing, that is said', async () => {
      await renderCluster(
        { getCluster: async () => silentCluster({ state: 'ok' }) },
        `/?tab=${tab}`,
      );
      expect(
        await screen.findByText('Read; nothing is reported.'),
      ).toBeInTheDocument();
    });
  },
);

it('says what exactly may not be read', async () => {
  await renderCluster({
    getCluster: async () =>
      silentCluster({
        state: 'down',
        reason: 'clusterForbidden',
        message: 'list \u202ereports',
      }),
  });
  expect(await screen.findByText('list \\u{202e}reports')).toBeInTheDocument();
});

it('leaves filters behind with their tab', async () => {
  const api = await renderCluster({}, '/?severity=high&search=x&page=3');
  await userEvent.click(
    await screen.findByRole('tab', { name: 'Objects in no namespace' }),
  );
  expect(api.getFailingChecks).toHaveBeenCalledWith({
    cluster: 'prod-eu',
    topic: undefined,
    severity: undefined,
    search: undefined,
    offset: 0,
    limit: 25,
  });
});

describe('the list of clusters', () => {
  it('leads to each, and does not take what is not reported for zero', async () => {
    const { fail, ...others } = { fail: 1, notEvaluated: 2, pass: 0 };
    await renderPage(<ClusterList />, {
      api: fakeApi({
        clusters: fakeClusterApi({
          getClusters: async () => ({
            total: 2,
            items: [
              { cluster: 'prod eu/1', controls: { fail, ...others } },
              {
                cluster: 'prod-us',
                failingChecks: 0,
                vulnerabilities: clusterReport().vulnerabilities.counts,
              },
            ],
            sandbox: false,
          }),
        }),
      }),
    });
    const table = await screen.findByRole('table');
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('1 fails · 2 not evaluated');
    expect(within(first).getAllByText('not reported')).toHaveLength(2);
    expect(within(second).getAllByText('not reported')).toHaveLength(1);
    expect(second).toHaveTextContent('nothing fails');
    expect(within(first).getByRole('link')).toHaveAttribute(
      'href',
      '/supply-chain/clusters/prod eu%2F1',
    );
  });
});

it('is listed page by page, whatever the page of another list beside', async () => {
  const getClusters = jest.fn(async () => ({
    total: 60,
    items: [{ cluster: 'prod-eu' }],
    sandbox: false,
  }));
  await renderPage(<ClusterList />, {
    api: fakeApi({ clusters: fakeClusterApi({ getClusters }) }),
    path: '/?page=7&pageSize=100&clustersPage=1',
  });
  expect(await screen.findByText(/26.*50.*60/)).toBeInTheDocument();
  expect(getClusters).toHaveBeenLastCalledWith({ offset: 25, limit: 25 });
  await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
  await waitFor(() =>
    expect(getClusters).toHaveBeenLastCalledWith({ offset: 50, limit: 25 }),
  );
});

it('is found by its name, whatever stands in it', async () => {
  const api = fakeClusterApi();
  await renderPage(<ClusterRoutes />, {
    api: fakeApi({ clusters: api }),
    path: '/prod%20eu%2F1',
  });
  await screen.findByText('Cluster prod-eu');
  expect(api.getCluster).toHaveBeenCalledWith('prod eu/1');
  const way = within(
    screen.getByRole('navigation', { name: 'Way to this page' }),
  );
  expect(way.getByRole('link', { name: 'Clusters' })).toHaveAttribute(
    'href',
    expect.stringMatching(/\/clusters$/),
  );
});

it('is one of a list without a name', async () => {
  const getClusters = jest.fn(async () => ({
    total: 1,
    items: [{ cluster: 'prod-eu' }],
    sandbox: true,
  }));
  await renderPage(<ClusterRoutes />, {
    api: fakeApi({ clusters: fakeClusterApi({ getClusters }) }),
    path: '/',
  });
  expect(await screen.findByRole('link', { name: 'prod-eu' })).toHaveAttribute(
    'href',
    expect.stringContaining('/clusters/prod-eu'),
  );
  expect(screen.getByRole('note')).toHaveTextContent('sandbox');
});
