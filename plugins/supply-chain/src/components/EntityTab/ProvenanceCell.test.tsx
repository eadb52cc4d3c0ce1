import { screen, within } from '@testing-library/react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import { entityReport, imageRow, verdict } from '../../__testUtils__/reports';
import { EntityTab } from './EntityTab';

function withReport(changes: Partial<schema.EntityReport>) {
  return fakeApi({ getEntity: async () => entityReport(changes) });
}

/** The table of an entity that runs this one image. */
async function tableOf(changes: Partial<schema.ImageRow>, path = '/') {
  await renderPage(<EntityTab />, {
    path,
    api: withReport({ images: [imageRow(changes)] }),
  });
  return within(await screen.findByRole('table'));
}

describe('provenance in the tab of a service', () => {
  it('says in the row how the image was made, and more where it opens', async () => {
    const table = await tableOf({}, '/?image=api');
    expect(table.getByText('SLSA L2')).toBeInTheDocument();
    expect(table.getByText(/our repository/)).toBeInTheDocument();
    expect(table.getByText('Verified provenance')).toBeInTheDocument();
    expect(
      table.getByRole('link', { name: /github.com\/acme\/payments/ }),
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
    const table = await tableOf({ provenance });
    expect(table.getByText(word)).toBeInTheDocument();
    expect(table.queryByText(/SLSA/)).not.toBeInTheDocument();
  });

  it('expects no provenance of an image of somebody else', async () => {
    const table = await tableOf({ provenance: undefined, thirdParty: true });
    expect(table.getAllByText('third-party image')).toHaveLength(2);
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
