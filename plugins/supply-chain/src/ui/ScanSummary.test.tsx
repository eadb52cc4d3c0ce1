import { screen } from '@testing-library/react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { renderPage } from '../__testUtils__/renderPage';
import { ScanSummary } from './ScanSummary';

const COUNTS = {
  critical: 3,
  high: 0,
  medium: 0,
  unknown: 0,
  low: 0,
  negligible: 0,
};
const show = (summary: schema.VulnerabilitySummary) =>
  renderPage(<ScanSummary summary={summary} />);

describe('what scans say', () => {
  it('is shown with what is not scanned beside it', async () => {
    await show({
      status: 'present',
      counts: COUNTS,
      fixable: 2,
      notAffected: 1,
      gap: { count: 1, total: 6, status: 'absent', reason: 'notScanned' },
    });
    expect(screen.getByText('1 of 6 not scanned')).toBeInTheDocument();
    expect(screen.getByText(/2 fixable/)).toBeInTheDocument();
    expect(screen.getByText(/1 set aside by VEX/)).toBeInTheDocument();
    expect(screen.queryByText('No scan')).not.toBeInTheDocument();
  });

  it.each(['absent', 'otherDigest'] as const)(
    'is shown where it was handed in and the own scan is "%s"',
    async status => {
      await show({ status, counts: COUNTS, fixable: 2 });
      expect(screen.getByText(/2 fixable/)).toBeInTheDocument();
    },
  );

  it('stands while a later look fails, which is said', async () => {
    await show({
      status: 'present',
      counts: COUNTS,
      lastLook: {
        failedAt: '2026-11-25T12:00:00.000Z',
        reason: 'scannerUnavailable',
      },
    });
    expect(
      screen.getByText(/last look failed: scanner not readable/),
    ).toBeInTheDocument();
  });

  it('is no number where nothing was scanned', async () => {
    await show({ status: 'absent', reason: 'notScanned' });
    expect(screen.getByText('No scan for this digest.')).toBeInTheDocument();
    expect(screen.queryByText(/fixable/)).not.toBeInTheDocument();
  });
});
