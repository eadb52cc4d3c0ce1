import { screen, within } from '@testing-library/react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { renderPage } from '../../__testUtils__/renderPage';
import { imageReport, verdict } from '../../__testUtils__/reports';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { PolicyTab } from './PolicyTab';

function coverageOf(
  keptOutBy: schema.PolicyMismatch[],
  name = 'edge',
): schema.PolicyCoverage {
  return {
    policy: { name, digest: 'sha256:00' },
    matches: keptOutBy.length === 0,
    keptOutBy,
  };
}

async function renderTab(changes: Partial<schema.ImageReport>) {
  return renderPage(<PolicyTab report={imageReport(changes)} />);
}

describe('the policies of an image', () => {
  it('say what admission would do', async () => {
    await renderTab({
      verdicts: [
        verdict({
          admission: {
            mode: 'audit',
            decision: 'allow',
            enforced: 'deny',
            causes: ['fail'],
          },
        }),
      ],
    });
    expect(
      await screen.findByText('Would be refused at admission'),
    ).toBeInTheDocument();
  });

  it('say nothing of admission while another version is in force', async () => {
    await renderTab({ verdicts: [verdict()] });
    await screen.findByRole('table');
    expect(screen.queryByText(/at admission/)).not.toBeInTheDocument();
  });

  it('name those that do not cover it, and why not', async () => {
    await renderTab({
      coverage: [
        coverageOf([], 'default'),
        coverageOf([
          {
            key: 'entities.lifecycle',
            wanted: ['experimental', 'deprecated'],
            found: ['production'],
          },
          { key: 'entities', wanted: [], found: [] },
          { key: 'clusters', wanted: ['edge-*'], found: [] },
        ]),
      ],
    });
    const region = within(
      await screen.findByRole('region', { name: 'Not covered by' }),
    );
    expect(region.getByText('edge')).toBeInTheDocument();
    expect(region.queryByText('default')).not.toBeInTheDocument();
    expect(
      region.getByText(
        'It is about lifecycle experimental, deprecated; this image has production.',
      ),
    ).toBeInTheDocument();
    expect(
      region.getByText(/the workload belongs to none/),
    ).toBeInTheDocument();
    expect(
      region.getByText('It is about cluster edge-*; this image has none.'),
    ).toBeInTheDocument();
  });

  it('say so also where no policy covers it', async () => {
    await renderTab({
      verdicts: [],
      reason: 'noPolicyMatches',
      coverage: [
        coverageOf([{ key: 'images', wanted: ['quay.io/**'], found: ['a'] }]),
      ],
    });
    expect(
      await screen.findByText('No policy covers this image.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('It is about image quay.io/**; this image has a.'),
    ).toBeInTheDocument();
  });

  it('show hostile text as text', async () => {
    const { container } = await renderTab({
      coverage: HOSTILE_STRINGS.map(text =>
        coverageOf(
          [
            {
              key: 'namespaces',
              wanted: HOSTILE_STRINGS,
              found: HOSTILE_STRINGS,
            },
          ],
          text,
        ),
      ),
    });
    await screen.findByRole('region', { name: 'Not covered by' });
    expect(hasUnseenCharacters(container.textContent ?? '')).toBe(false);
    expect(container.querySelector('img, script')).toBeNull();
  });
});
