import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { COMPONENT, renderPage } from './__testUtils__/renderPage';
import {
  EntitySupplyChainCard,
  EntitySupplyChainContent,
  EntitySupplyChainRollUpCard,
  isSupplyChainAvailable,
  supplyChainApiRef,
  SupplyChainPage,
  supplyChainPlugin,
} from './legacy';

describe('the plugin of the old frontend system', () => {
  it('shows the overview with its tabs', async () => {
    await renderPage(
      <Routes>
        <Route path="/supply-chain/*" element={<SupplyChainPage />} />
      </Routes>,
      { path: '/supply-chain' },
    );
    expect(
      await screen.findByText('Changed since yesterday'),
    ).toBeInTheDocument();
    expect(screen.getByText('Not linked')).toBeInTheDocument();
  });

  it('shows the trust roots under their own address', async () => {
    await renderPage(
      <Routes>
        <Route path="/supply-chain/*" element={<SupplyChainPage />} />
      </Routes>,
      { path: '/supply-chain/trust' },
    );
    expect(
      await screen.findByText('Releases of CI', {}, { timeout: 4000 }),
    ).toBeInTheDocument();
  });

  it('shows the vulnerabilities under their own address', async () => {
    await renderPage(
      <Routes>
        <Route path="/supply-chain/*" element={<SupplyChainPage />} />
      </Routes>,
      { path: '/supply-chain/vulnerabilities' },
    );
    expect(
      await screen.findByText('CVE-2026-31337', {}, { timeout: 4000 }),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { selected: true })).toHaveTextContent(
      'Vulnerabilities',
    );
  });

  it('shows the policies under their own address', async () => {
    await renderPage(
      <Routes>
        <Route path="/supply-chain/*" element={<SupplyChainPage />} />
      </Routes>,
      { path: '/supply-chain/policies' },
    );
    expect(
      await screen.findByText('Built-in rules', {}, { timeout: 4000 }),
    ).toBeInTheDocument();
  });

  it('shows a cluster under its own address', async () => {
    await renderPage(
      <Routes>
        <Route path="/supply-chain/*" element={<SupplyChainPage />} />
      </Routes>,
      { path: '/supply-chain/clusters/prod-eu' },
    );
    expect(
      await screen.findByText('Cluster prod-eu', {}, { timeout: 4000 }),
    ).toBeInTheDocument();
  });

  it('shows the tab', async () => {
    await renderPage(<EntitySupplyChainContent />);
    expect(await screen.findByText('Running images')).toBeInTheDocument();
  });

  it('shows the cards', async () => {
    await renderPage(<EntitySupplyChainCard />);
    expect(
      await screen.findByText('Open the supply chain tab'),
    ).toBeInTheDocument();
  });

  it('shows the roll-up of a system', async () => {
    await renderPage(<EntitySupplyChainRollUpCard />, {
      entity: { ...COMPONENT, kind: 'System', metadata: { name: 'checkout' } },
    });
    expect(await screen.findByText('118 services')).toBeInTheDocument();
    expect(screen.getByText('3 not compliant')).toBeInTheDocument();
  });

  it('offers the tab to components and resources only', () => {
    expect(isSupplyChainAvailable(COMPONENT)).toBe(true);
    expect(isSupplyChainAvailable({ ...COMPONENT, kind: 'API' })).toBe(false);
  });

  it('brings its API', () => {
    expect([...supplyChainPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      supplyChainApiRef.id,
    ]);
  });
});
