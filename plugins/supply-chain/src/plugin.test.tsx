import { screen } from '@testing-library/react';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { fakeClusterApi } from './__testUtils__/clusterReports';
import { COMPONENT, fakeApi } from './__testUtils__/renderPage';
import { supplyChainApiRef } from './api';
import alphaPlugin from './alpha';
import plugin from './index';
import { rootRouteRef } from './routes';

/** Pages are compiled when they are first asked for, which takes its time on a busy machine. */
const LOADING = { timeout: 30_000 };

const MOUNTED = { '/catalog/:namespace/:kind/:name': entityRouteRef };

describe('the plugin of the new frontend system', () => {
  it('is the same at the root and at ./alpha', () => {
    expect(alphaPlugin).toBe(plugin);
  });

  it('shows the overview as the first page, with its tabs', async () => {
    renderTestApp({
      features: [plugin],
      apis: [[supplyChainApiRef, fakeApi()]],
      mountedRoutes: MOUNTED,
      initialRouteEntries: ['/supply-chain'],
    });
    expect(
      await screen.findByText('Changed since yesterday', {}, LOADING),
    ).toBeInTheDocument();
    expect(screen.getByText('Not linked')).toBeInTheDocument();
    expect(screen.getByText('Vulnerabilities')).toBeInTheDocument();
    expect(screen.getByText('Policies')).toBeInTheDocument();
    // On a phone the tabs scroll, and not the page with them.
    expect(document.head.innerHTML).toContain('.bui-PluginHeaderTabsWrapper');
    expect(screen.getByText('Trust roots')).toBeInTheDocument();
    expect(screen.getByText('Sources')).toBeInTheDocument();
  });

  it('shows where a vulnerability runs under its own address', async () => {
    const api = fakeApi();
    renderTestApp({
      features: [plugin],
      apis: [[supplyChainApiRef, api]],
      mountedRoutes: MOUNTED,
      initialRouteEntries: ['/supply-chain/vulnerabilities?id=CVE-2026-31337'],
    });
    expect(
      await screen.findByText('Where it runs', {}, LOADING),
    ).toBeInTheDocument();
  });

  it('shows a cluster under its own address', async () => {
    const clusters = fakeClusterApi();
    renderTestApp({
      features: [plugin],
      apis: [[supplyChainApiRef, fakeApi({ clusters })]],
      mountedRoutes: MOUNTED,
      initialRouteEntries: ['/supply-chain/clusters/prod-eu'],
    });
    expect(
      await screen.findByText('Cluster prod-eu', {}, LOADING),
    ).toBeInTheDocument();
    expect(clusters.getCluster).toHaveBeenCalledWith('prod-eu');
  });

  it('shows an image under its own address', async () => {
    const api = fakeApi();
    renderTestApp({
      features: [plugin],
      apis: [[supplyChainApiRef, api]],
      mountedRoutes: MOUNTED,
      initialRouteEntries: [
        '/supply-chain/images/sha256:4be1?repository=registry.acme.example/payments/api',
      ],
    });
    expect(
      await screen.findByText('Who signed', {}, LOADING),
    ).toBeInTheDocument();
    expect(api.getImage).toHaveBeenCalledWith({
      digest: 'sha256:4be1',
      repository: 'registry.acme.example/payments/api',
    });
  });

  it.each([
    'entity-content:supply-chain',
    'entity-card:supply-chain/summary',
  ] as const)('offers %s to a component', async id => {
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity: COMPONENT }),
        plugin.getExtension(id),
      ],
      apis: [[supplyChainApiRef, fakeApi()]],
      mountedRoutes: { ...MOUNTED, '/supply-chain': rootRouteRef },
    });
    expect(
      await screen.findByText(/has an overdue vulnerability/, {}, LOADING),
    ).toBeInTheDocument();
  });

  it('has an address for its page', () => {
    const tester = createExtensionTester(
      plugin.getExtension('page:supply-chain'),
    );
    expect(tester.get(coreExtensionData.routePath)).toBe('/supply-chain');
  });
});
