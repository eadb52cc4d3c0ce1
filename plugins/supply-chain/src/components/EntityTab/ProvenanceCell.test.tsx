import { screen, within } from '@testing-library/react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import { entityReport, imageRow, verdict } from '../../__testUtils__/reports';
import { EntityTab } from './EntityTab';

function withReport(changes: Partial<schema.EntityReport>) {
  return fakeApi({ getEntity: async () => entityReport(changes) });
}

/** The row itself; what it opens names the image as well. */
async function row() {
  const [first] = await screen.findAllByRole('row', {
    name: /payments\/api:2.14.1/,
  });
  return first;
}

describe('provenance in the tab of a service', () => {
  it('says in the row how the image was made, and more where it opens', async () => {
    await renderPage(<EntityTab />, { path: '/?image=api' });
    const cells = await row();
    expect(within(cells).getByText('SLSA L2')).toBeInTheDocument();
    expect(within(cells).getByText(/our repository/)).toBeInTheDocument();
    const details = screen.getByRole('region', {
      name: 'Details of payments/api:2.14.1',
    });
    expect(
      within(details).getByText('Verified provenance'),
    ).toBeInTheDocument();
    expect(
      within(details).getByRole('link', { name: /github.com\/acme\/payments/ }),
    ).toBeInTheDocument();
  });

  it.each<[string, Partial<schema.ProvenanceSummary>, string]>([
    ['a claim', { status: 'claimed' }, 'Only claimed'],
    [
      'another repository',
      { source: 'https://github.com/evil/payments' },
      'Other repository',
    ],
    ['none', { status: 'absent' }, 'no provenance'],
    [
      'one that could not be read',
      { status: 'unavailable', reason: 'registryRefused' },
      "Can't tell",
    ],
  ])('calls %s by its name', async (_condition, changes, word) => {
    const provenance = { ...imageRow().provenance!, ...changes };
    await renderPage(<EntityTab />, {
      api: withReport({ images: [imageRow({ provenance })] }),
    });
    const cells = await row();
    expect(within(cells).getByText(word)).toBeInTheDocument();
    expect(within(cells).queryByText(/SLSA/)).not.toBeInTheDocument();
  });

  it('expects no provenance of an image of somebody else', async () => {
    await renderPage(<EntityTab />, {
      api: withReport({
        images: [imageRow({ provenance: undefined, thirdParty: true })],
      }),
    });
    const cells = await row();
    expect(within(cells).getAllByText('third-party image')).toHaveLength(2);
  });

  it('answers where the images were built as soon as a rule asks', async () => {
    const [finding] = verdict().findings;
    const findings = [
      { ...finding, ruleId: 'built-from-own-repository', message: '' },
    ];
    const { tiles } = entityReport();
    await renderPage(<EntityTab />, {
      api: withReport({
        tiles: tiles.map(tile =>
          tile.question === 'provenance' ? { ...tile, evaluated: true } : tile,
        ),
        images: [imageRow({ verdicts: [verdict({ findings })] })],
      }),
    });
    const answers = await screen.findByRole('region', { name: 'Five answers' });
    expect(
      within(answers).getByText('all from the expected repository'),
    ).toBeInTheDocument();
    expect(
      within(answers).queryByText('not evaluated'),
    ).not.toBeInTheDocument();
  });
});
