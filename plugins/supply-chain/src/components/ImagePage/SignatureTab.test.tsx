import { screen, within } from '@testing-library/react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import { DIGEST, imageReport, REPOSITORY } from '../../__testUtils__/reports';
import {
  contentTrustEvidence,
  contentTrustSignature,
  notationEvidence,
} from '../../__testUtils__/signatureReports';
import { ImagePage } from './ImagePage';

async function renderSignature(changes: Partial<schema.ImageReport>) {
  await renderPage(<ImagePage digest={DIGEST} />, {
    path: `/?repository=${REPOSITORY}`,
    api: fakeApi({ getImage: async () => imageReport(changes) }),
  });
}

function region(name: string) {
  return screen.findByRole('region', { name });
}

describe('when Docker Content Trust signs the tag', () => {
  const report = {
    signature: contentTrustSignature,
    evidence: [contentTrustEvidence],
  };

  it('says which role signs which tag to what', async () => {
    await renderSignature(report);
    const who = await region('Who signed');
    expect(within(who).getByText('targets/releases')).toBeInTheDocument();
    expect(within(who).getByText('2.14.1')).toBeInTheDocument();
    expect(within(who).queryByText(/log/)).not.toBeInTheDocument();
  });

  it('warns that nobody named the root and that old states pass', async () => {
    await renderSignature(report);
    const trust = await region('Docker Content Trust');
    expect((await screen.findAllByText(/Nobody named this root/)).length).toBe(
      1,
    );
    expect(screen.getByText(/No rollback protection/)).toBeInTheDocument();
    expect(trust).toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: 'https://notary.acme.example (notary.acme.example)',
      }),
    ).toBeInTheDocument();
  });

  it('says that the system ends, and how to leave it', async () => {
    await renderSignature(report);
    expect(
      await screen.findByText(/drops content trust on 2028-03-31/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/sign the digest with cosign or notation/),
    ).toBeInTheDocument();
  });

  it('says why the other tag did not count', async () => {
    await renderSignature(report);
    const others = await region('Other signatures and attestations found');
    expect(
      within(others).getByText(/targets\/qa signs the tag nightly/),
    ).toBeInTheDocument();
    expect(
      within(others).getByRole('link', { name: 'delegationNotCounted' }),
    ).toBeInTheDocument();
  });
});

describe('when several systems signed', () => {
  const report = {
    evidence: [...imageReport().evidence, notationEvidence],
  };

  it('shows the signatures side by side, the deciding one first', async () => {
    await renderSignature(report);
    const who = await region('Who signed');
    expect(
      within(who)
        .getAllByRole('heading', { level: 3 })
        .map(heading => heading.textContent),
    ).toEqual([
      'Signature 1 of 2: the result rests on it',
      'Signature 2 of 2: verifies as well',
    ]);
    expect(
      within(who).getByText('CN=acme release,O=Acme,C=DE'),
    ).toBeInTheDocument();
    expect(
      within(who).getByRole('link', { name: 'acme-x509' }),
    ).toHaveAttribute('href', expect.stringContaining('root=acme-x509'));
  });

  it('groups the places by system and says what came of them', async () => {
    await renderSignature(report);
    const trail = await region('Where we looked');
    const notation = within(trail).getByRole('group', { name: 'Notation' });
    expect(
      within(notation).getByText(/1 signature: Verified/),
    ).toBeInTheDocument();
    expect(
      within(notation).getByRole('link', { name: 'signatureExpired' }),
    ).toBeInTheDocument();
  });
});

describe('what of the trust root made a signature count', () => {
  it('is the identity the signer matches, with all that it asks for', async () => {
    await renderSignature({
      acceptedAs: {
        kind: 'identity',
        name: 'https://github.com/acme/**/release.yml@refs/tags/*',
        match: 'glob',
        issuer: 'https://token.actions.githubusercontent.com',
        extensions: ['sourceRepositoryUri: https://github.com/acme/*'],
      },
    });
    const who = await region('Who signed');
    expect(within(who).getByText('Accepted as')).toBeInTheDocument();
    expect(
      within(who).getByText(
        /https:\/\/github\.com\/acme\/\*\*\/release\.yml@refs\/tags\/\*/,
      ),
    ).toBeInTheDocument();
    expect(
      within(who).getByText(/sourceRepositoryUri: https:\/\/github\.com\/acme/),
    ).toBeInTheDocument();
  });

  it.each<[string, schema.TrustedSigner | undefined, boolean]>([
    [
      'a key has a period',
      { kind: 'key', name: 'sha256:ab', notAfter: '2027-01-01T00:00:00Z' },
      true,
    ],
    [
      'a key says no more than its fingerprint',
      { kind: 'key', name: 'sha256:ab' },
      false,
    ],
    ['the reader may not see trust roots', undefined, false],
  ])('when %s, it is shown: %#', async (_, acceptedAs, isShown) => {
    await renderSignature({ acceptedAs });
    const who = await region('Who signed');
    expect(within(who).queryAllByText('Accepted as')).toHaveLength(
      isShown ? 1 : 0,
    );
  });
});

it('says that a signature lay in another repository', async () => {
  const [signature] = imageReport().evidence;
  const { statements } = signature.detail;
  await renderSignature({
    evidence: [
      {
        ...signature,
        detail: {
          ...signature.detail,
          statements: statements.map((statement: object) => ({
            ...statement,
            elsewhere: { repository: 'registry.acme.example/acme/signatures' },
          })),
        },
      },
    ],
  });
  const who = await region('Who signed');
  expect(
    within(who).getByText(
      /of the repository registry\.acme\.example\/acme\/signatures/,
    ),
  ).toBeInTheDocument();
});

describe('the command that repeats a check', () => {
  it.each([
    ['ownTrustPolicy', /uses the one installed where it runs/],
    ['rootPin', /takes the one it sees first/],
    ['digestComparison', /the comparison is yours/],
  ])('says that it leaves out %s', async (code, text) => {
    await renderSignature({
      reproduce: { arguments: ['notation', 'verify'], notChecked: [code] },
    });
    expect(await screen.findByText(text)).toBeInTheDocument();
  });
});
