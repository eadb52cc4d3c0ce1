import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { schema } from 'backstage-plugin-supply-chain-common';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import { entityReport, imageRow } from '../../__testUtils__/reports';
import { EntityTab } from './EntityTab';

const annotation: schema.ImageAnnotation = {
  imageRef: 'quay.io/acme/cli:2.0',
  digestSource: 'tagResolvedNow',
  firstSeen: '2026-11-20T12:00:00Z',
  lastSeen: '2026-11-23T12:00:00Z',
};
const named = imageRow({
  key: 'cli',
  imageRef: annotation.imageRef,
  repository: 'quay.io/acme/cli',
  counted: false,
  outcome: 'pass',
  placements: [],
  annotation,
});

const show = (changes: Partial<schema.EntityReport>, path?: string) =>
  renderPage(<EntityTab />, {
    ...(path && { path }),
    api: fakeApi({ getEntity: async () => entityReport(changes) }),
  });

const panel = () =>
  screen.findByRole('region', { name: 'Named by annotation' });

describe('when an annotation names images beside those that run', () => {
  const images = [imageRow(), named];

  it('lists them apart, and says of each that it was not seen running', async () => {
    await show({ images });
    const row = within(await panel()).getByRole('row', { name: /acme\/cli/ });
    expect(within(row).getByText('named by annotation')).toBeInTheDocument();
    expect(within(row).getByText('not seen running')).toBeInTheDocument();
    expect(within(row).getByText(/tag resolved/)).toBeInTheDocument();
    for (const untrue of [/prod-eu/, /pod/, /never started/, /not run now/]) {
      expect(within(row).queryByText(untrue)).not.toBeInTheDocument();
    }
    const running = screen.getByRole('region', { name: 'Running images' });
    expect(within(running).queryByText(/acme\/cli/)).not.toBeInTheDocument();
    expect(within(running).getByText(/1 image ·/)).toBeInTheDocument();
  });

  it('opens a row in place', async () => {
    await show({ images });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show details of acme/cli:2.0',
      }),
    );
    expect(
      await screen.findByRole('region', { name: 'Details of acme/cli:2.0' }),
    ).toHaveFocus();
  });

  it('leaves them out where the filter wants a cluster', async () => {
    await show({ images }, '/?cluster=prod-eu');
    expect(
      within(await panel()).queryByText(/acme\/cli/),
    ).not.toBeInTheDocument();
    expect(screen.getByText(/0 of 1 shown/)).toBeInTheDocument();
  });

  it('says of one that runs that it is named as well', async () => {
    await show({ images: [imageRow({ annotation })] });
    const running = await screen.findByRole('region', {
      name: 'Running images',
    });
    expect(
      within(running).getByText('named by annotation'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Named by annotation' }),
    ).not.toBeInTheDocument();
  });
});

describe('when nothing runs and an annotation names images', () => {
  const report = {
    state: 'neverSeen' as const,
    outcome: 'notApplicable' as const,
    images: [
      named,
      imageRow({
        key: ':::',
        imageRef: ':::',
        repository: undefined,
        digest: undefined,
        counted: false,
        outcome: 'unknown',
        reason: 'referenceUnreadable',
        signature: undefined,
        provenance: undefined,
        vulnerabilities: undefined,
        verdicts: [],
        placements: [],
        annotation: { ...annotation, imageRef: ':::', digestSource: 'none' },
      }),
    ],
  };

  it('says that nothing runs and shows them, also what cannot be read', async () => {
    await show(report);
    expect(await screen.findByText('Nothing running now.')).toBeInTheDocument();
    const rows = within(await panel());
    expect(rows.getByText('reference not valid')).toBeInTheDocument();
    expect(rows.getByText('no digest known')).toBeInTheDocument();
    expect(
      screen.queryByText(/Nothing was ever seen running/),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Five answers' }),
    ).not.toBeInTheDocument();
    expect(screen.queryByText('Not covered')).not.toBeInTheDocument();
  });

  it('looks again on request', async () => {
    const api = fakeApi({ getEntity: async () => entityReport(report) });
    await renderPage(<EntityTab />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Re-check' }),
    );
    expect(api.recheckEntity).toHaveBeenCalledTimes(1);
  });
});
