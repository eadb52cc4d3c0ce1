import { screen } from '@testing-library/react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { HOSTILE_STRINGS } from '../../../__testUtils__/hostileStrings';
import { renderPage } from '../../../__testUtils__/renderPage';
import { hasUnseenCharacters } from '../../../ui/escapeHostileText';
import { VexOpinions } from './VexOpinions';

const opinion = (
  changes: Partial<schema.VexOpinion> = {},
): schema.VexOpinion => ({
  status: 'notAffected',
  justification: 'vulnerable_code_not_in_execute_path',
  statedAt: '2026-11-20T11:00:00Z',
  author: 'Acme Security',
  trust: 'signed',
  by: 'https://github.com/acme/web/.github/workflows/release.yml@refs/tags/v1',
  counts: true,
  ...changes,
});

describe('what VEX says of a vulnerability', () => {
  it('shows who sets it aside, why, and who vouches for that', async () => {
    await renderPage(
      <VexOpinions row={{ notAffected: true, vex: [opinion()] }} />,
    );
    expect(
      await screen.findByText('Set aside by VEX: does not count'),
    ).toBeInTheDocument();
    expect(screen.getByText(/VEX says not affected/)).toHaveTextContent(
      'the vulnerable code is never run',
    );
    expect(screen.getByText(/signed by https/)).toBeInTheDocument();
    expect(
      screen.getByText('author as written: Acme Security'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Does not count:/)).not.toBeInTheDocument();
  });

  it('shows what the policy does not take, and why', async () => {
    await renderPage(
      <VexOpinions
        row={{
          vex: [
            opinion({
              trust: 'oidcUpload',
              by: 'ci',
              counts: false,
              reason: 'vexNotTrusted',
            }),
            opinion({
              status: 'affected',
              justification: undefined,
              author: undefined,
              action: 'Update.',
              trust: undefined,
              counts: false,
            }),
          ],
        }}
      />,
    );
    expect(
      await screen.findByText(/Does not count: VEX statement not trusted/),
    ).toBeInTheDocument();
    expect(screen.getByText('uploaded by CI (ci)')).toBeInTheDocument();
    expect(screen.getByText('vexNotTrusted').closest('a')).toHaveAttribute(
      'href',
      '/supply-chain/reasons#vexNotTrusted',
    );
    expect(screen.getByText('VEX says affected')).toBeInTheDocument();
    expect(screen.getByText('Update.')).toBeInTheDocument();
    expect(
      screen.queryByText('Set aside by VEX: does not count'),
    ).not.toBeInTheDocument();
  });

  it('shows nothing where nobody states anything', async () => {
    await renderPage(<VexOpinions row={{}} />);
    expect(screen.queryByText(/VEX/)).not.toBeInTheDocument();
  });

  it.each(HOSTILE_STRINGS)('shows %j as text (L32)', async text => {
    const { container } = await renderPage(
      <VexOpinions
        row={{
          vex: [
            opinion({
              impact: text,
              action: text,
              notes: text,
              author: text,
              by: text,
              document: text,
            }),
          ],
        }}
      />,
    );
    expect(hasUnseenCharacters(container.textContent ?? '')).toBe(false);
    expect(container.querySelector('script, img, iframe')).toBeNull();
  });
});
