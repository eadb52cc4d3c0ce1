import { screen } from '@testing-library/react';
import {
  fakeApi,
  renderPage,
  responseError,
} from '../../__testUtils__/renderPage';
import { UnlinkedPage } from '../Unlinked';
import { SourcesPage } from './SourcesPage';

describe('the sources', () => {
  it('show state, age, problem and the queue', async () => {
    await renderPage(<SourcesPage />, {
      api: fakeApi({
        getSources: async () => ({
          sources: [
            {
              kind: 'cluster',
              name: 'prod-us',
              state: 'down',
              reason: 'clusterForbidden',
              message: 'pods is forbidden: \u202ecannot list',
              items: 12,
            },
          ],
          queue: { due: 7, underWay: 2 },
          sandbox: true,
        }),
      }),
    });
    expect(await screen.findByText('prod-us')).toBeInTheDocument();
    expect(screen.getByText('Clusters')).toBeInTheDocument();
    expect(screen.getByText('Down')).toBeInTheDocument();
    expect(
      screen.getByText('pods is forbidden: \\u{202e}cannot list'),
    ).toBeInTheDocument();
    expect(screen.getByText(/7 looks wait/)).toBeInTheDocument();
    expect(screen.getByText('Demo data from the sandbox')).toBeInTheDocument();
  });

  it('tell enforcers that are not installed from those that cannot be read', async () => {
    await renderPage(<SourcesPage />, {
      api: fakeApi({
        getSources: async () => ({
          sources: [
            {
              kind: 'enforcer',
              name: 'prod-eu',
              feed: 'policy-reports',
              state: 'notInstalled',
            },
            {
              kind: 'enforcer',
              name: 'prod-us',
              feed: 'policy-reports',
              state: 'down',
              reason: 'clusterForbidden',
              message: 'list policyreports, list reports',
            },
          ],
          queue: { due: 0, underWay: 0 },
          sandbox: false,
        }),
      }),
    });
    expect(await screen.findByText('Other enforcers')).toBeInTheDocument();
    expect(screen.getByText('Not installed')).toBeInTheDocument();
    expect(screen.getByText('Down')).toBeInTheDocument();
    expect(
      screen.getByText('list policyreports, list reports'),
    ).toBeInTheDocument();
  });

  it('lead from a cluster to what is reported on it as a whole', async () => {
    const source = { state: 'ok' } as const;
    await renderPage(<SourcesPage />, {
      api: fakeApi({
        getSources: async () => ({
          sources: [
            { ...source, kind: 'cluster', name: 'prod-eu' },
            { ...source, kind: 'cluster', name: '(list of clusters)' },
            { ...source, kind: 'checks', name: 'prod-us' },
            { ...source, kind: 'registry', name: 'registry.acme.example' },
          ],
          queue: { due: 0, underWay: 0 },
          sandbox: false,
        }),
      }),
    });
    const links = await screen.findAllByRole('link');
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      '/supply-chain/clusters/prod-eu',
      '/supply-chain/clusters/prod-us',
    ]);
  });

  it('call data about exploits by what they are, then where they lie, and count their entries', async () => {
    const source = { kind: 'exploitData', state: 'ok' } as const;
    await renderPage(<SourcesPage />, {
      api: fakeApi({
        getSources: async () => ({
          sources: [
            {
              ...source,
              name: '/data/kev.json',
              feed: 'knownExploited',
              items: 1583,
            },
            {
              ...source,
              name: 'https://epss.acme.example/scores.csv.gz',
              feed: 'exploitScores',
              items: 1,
            },
          ],
          queue: { due: 0, underWay: 0 },
          sandbox: false,
        }),
      }),
    });
    const [, , kev, epss] = await screen.findAllByRole('row');
    expect(kev).toHaveTextContent(/^CISA KEV\/data\/kev\.jsonWell.*1,583/);
    expect(epss).toHaveTextContent(
      /^EPSShttps:\/\/epss\.acme\.example\/scores\.csv\.gzWell/,
    );
  });

  it('name the missing permission', async () => {
    const error = await responseError(403, 'no');
    await renderPage(<SourcesPage />, {
      api: fakeApi({ getSources: () => Promise.reject(error) }),
    });
    expect(
      await screen.findByText(/supply-chain.sources.read is missing/),
    ).toBeInTheDocument();
  });
});

describe('the workloads linked to no service', () => {
  it('show the annotation that would link each', async () => {
    await renderPage(<UnlinkedPage />, {
      api: fakeApi({
        getUnlinked: async () => ({
          total: 1,
          items: [
            {
              cluster: 'prod-eu',
              namespace: 'edge',
              workloadKind: 'Deployment',
              workloadName: 'proxy',
              imageRef: 'registry.acme.example/edge/proxy:1',
              pods: 2,
              outcome: 'unknown',
              annotation: 'backstage.io/kubernetes-id: proxy',
            },
          ],
          sandbox: false,
        }),
      }),
    });
    expect(
      await screen.findByText('backstage.io/kubernetes-id: proxy'),
    ).toBeInTheDocument();
    expect(screen.getByText('edge / Deployment proxy')).toBeInTheDocument();
  });

  it('name the missing permission', async () => {
    const error = await responseError(403, 'no');
    await renderPage(<UnlinkedPage />, {
      api: fakeApi({ getUnlinked: () => Promise.reject(error) }),
    });
    expect(
      await screen.findByText(/supply-chain.unlinked.read is missing/),
    ).toBeInTheDocument();
  });
});
