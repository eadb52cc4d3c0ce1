import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeExportApi } from '../../__testUtils__/exportFiles';
import {
  fakeApi,
  renderPage,
  responseError,
} from '../../__testUtils__/renderPage';
import { saveFile } from '../../export/saveFile';
import { useExport } from '../../hooks/useExport';
import { useOverviewExport } from '../../hooks/useOverviewExport';
import {
  useComparisonExport,
  useEntityImagesExport,
  useImageVulnerabilitiesExport,
} from '../../hooks/useImageExports';
import {
  useVulnerabilitiesExport,
  useVulnerablePlacesExport,
} from '../../hooks/useVulnerabilityExports';
import { ExportMenu } from './ExportMenu';

jest.mock('../../export/saveFile');

const IMAGE = {
  repository: 'registry.acme.example/a',
  digest: `sha256:${'4b'.repeat(32)}`,
};

function Exporting(props: { useRows: () => ReturnType<typeof useExport> }) {
  return <ExportMenu source={props.useRows()} />;
}

async function choose(format: 'CSV' | 'JSON') {
  await userEvent.click(await screen.findByRole('button', { name: /Export/ }));
  await userEvent.click(await screen.findByRole('menuitem', { name: format }));
}

describe('the menu of exports', () => {
  beforeEach(() => jest.mocked(saveFile).mockClear());

  it.each([
    [
      'services' as const,
      () => useOverviewExport({ outcome: 'fail' }),
      { outcome: 'fail' },
      'supply-chain-services',
    ],
    [
      'vulnerabilities' as const,
      () => useVulnerabilitiesExport({ severity: 'high' }),
      { severity: 'high' },
      'supply-chain-vulnerabilities',
    ],
    [
      'places' as const,
      () => useVulnerablePlacesExport({ id: 'CVE-2026/1' }),
      { id: 'CVE-2026/1' },
      'supply-chain-CVE-2026-1',
    ],
    [
      'imageVulnerabilities' as const,
      () => useImageVulnerabilitiesExport({ ...IMAGE, fixable: true }),
      { ...IMAGE, fixable: true },
      'supply-chain-image-4b4b4b4b4b4b-vulnerabilities',
    ],
    [
      'comparison' as const,
      () => useComparisonExport({ ...IMAGE, withDigest: 'sha256:01' }),
      { ...IMAGE, withDigest: 'sha256:01' },
      'supply-chain-comparison',
    ],
    [
      'entityImages' as const,
      () =>
        useEntityImagesExport({
          entity: { kind: 'component', namespace: 'default', name: 'api' },
          cluster: 'prod',
        }),
      {
        entity: { kind: 'component', namespace: 'default', name: 'api' },
        cluster: 'prod',
      },
      'supply-chain-default-api',
    ],
  ])('saves the file of %s as it comes', async (name, useRows, query, file) => {
    const content = new Blob(['a,b']);
    const exports = fakeExportApi({ [name]: jest.fn(async () => content) });
    await renderPage(<Exporting useRows={useRows} />, {
      api: fakeApi({ exports }),
    });
    await choose('CSV');
    await waitFor(() =>
      expect(saveFile).toHaveBeenLastCalledWith({
        name: `${file}.csv`,
        content,
      }),
    );
    expect(exports[name]).toHaveBeenLastCalledWith(query, 'csv');
    await choose('JSON');
    await waitFor(() =>
      expect(saveFile).toHaveBeenLastCalledWith({
        name: `${file}.json`,
        content,
      }),
    );
    expect(exports[name]).toHaveBeenLastCalledWith(query, 'json');
  });

  it('saves nothing when the backend refuses, and says what it said', async () => {
    const error = await responseError(403, 'no export for you');
    const exports = fakeExportApi({ services: () => Promise.reject(error) });
    await renderPage(<Exporting useRows={() => useOverviewExport({})} />, {
      api: fakeApi({ exports }),
    });
    await choose('CSV');
    expect(await screen.findByText(/The export failed:/)).toBeInTheDocument();
    expect(saveFile).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: /Export/ })).toBeEnabled();
  });

  it('is closed to who may not export, and names the permission', async () => {
    await renderPage(
      <ExportMenu
        source={{
          allowed: false,
          permission: 'supply-chain.export',
          running: false,
          start: () => {},
        }}
      />,
    );
    const button = await screen.findByRole('button', { name: /Export/ });
    expect(button).toBeDisabled();
    expect(button).toHaveAttribute(
      'title',
      expect.stringContaining('supply-chain.export'),
    );
  });
});
