import { screen, within } from '@testing-library/react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import {
  provenanceEvidence,
  provenanceStatement,
  verifiedProvenance,
} from '../../__testUtils__/provenanceReports';
import { DIGEST, imageReport, REPOSITORY } from '../../__testUtils__/reports';
import { ImagePage } from './ImagePage';

const PATH = `/?repository=${REPOSITORY}&tab=provenance`;

async function renderProvenance(
  changes: Partial<schema.ProvenanceSummary> | undefined = {},
  evidence: object[] = [provenanceEvidence()],
) {
  await renderPage(<ImagePage digest={DIGEST} />, {
    path: PATH,
    api: fakeApi({
      getImage: async () =>
        imageReport({
          provenance: changes && { ...verifiedProvenance, ...changes },
          evidence,
        }),
    }),
  });
}

function region(name: string) {
  return screen.findByRole('region', { name });
}

describe('when the provenance is verified', () => {
  it('holds what was expected against what was found', async () => {
    await renderProvenance();
    expect(await screen.findByText('Verified provenance')).toBeInTheDocument();
    const facts = await region('Expected against found');
    expect(within(facts).getByText('The same repository')).toBeInTheDocument();
    expect(
      within(facts).getByText('SLSA Build level 2, verified'),
    ).toBeInTheDocument();
    expect(
      within(facts).getByRole('link', { name: 'builderNotIsolated' }),
    ).toBeInTheDocument();
  });

  it('names the repository of the catalog entry where that is another one', async () => {
    await renderProvenance({
      catalogLocation: 'https://github.com/acme/catalog',
    });
    const facts = await region('Expected against found');
    expect(
      within(facts).getByText(/The catalog entry lives in/),
    ).toHaveTextContent(
      'The catalog entry lives in https://github.com/acme/catalog (github.com); whoever may edit it there says where the source is.',
    );
  });

  it('says nothing of the catalog entry where it lives with the source', async () => {
    await renderProvenance();
    const facts = await region('Expected against found');
    expect(
      within(facts).queryByText(/The catalog entry lives in/),
    ).not.toBeInTheDocument();
  });

  it('leads to commit, workflow and run at the forge', async () => {
    await renderProvenance();
    const facts = await region('Expected against found');
    const { commit } = verifiedProvenance;
    expect(
      within(facts).getByRole('link', { name: `${commit} (github.com)` }),
    ).toHaveAttribute(
      'href',
      `https://github.com/acme/payments/commit/${commit}`,
    );
    expect(
      within(facts).getByRole('link', {
        name: '.github/workflows/release.yml (github.com)',
      }),
    ).toHaveAttribute(
      'href',
      `https://github.com/acme/payments/blob/${commit}/.github/workflows/release.yml`,
    );
    expect(
      within(facts).getByRole('link', { name: /actions\/runs\/7/ }),
    ).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('keeps what the certificate proves apart from what the builder wrote', async () => {
    await renderProvenance({}, [
      provenanceEvidence([
        provenanceStatement({ trigger: 'pull_request_target' }),
      ]),
    ]);
    const table = await region('Who says so');
    expect(
      within(table).getByRole('columnheader', {
        name: 'The certificate proves',
      }),
    ).toBeInTheDocument();
    const row = within(table).getByRole('row', { name: /^Trigger/ });
    expect(within(row).getByText('push')).toBeInTheDocument();
    expect(
      within(row).getByText('contradicts the certificate'),
    ).toBeInTheDocument();
    expect(
      within(within(table).getByRole('row', { name: /^Commit/ })).queryByText(
        'contradicts the certificate',
      ),
    ).not.toBeInTheDocument();
  });

  it('tells what changed against the image before it', async () => {
    await renderProvenance();
    const change = await region('Change against the image before it');
    expect(within(change).getByText('Repository changed')).toBeInTheDocument();
    expect(within(change).getByText('Builder unchanged')).toBeInTheDocument();
    expect(
      within(change).getByText('Repository id unchanged'),
    ).toBeInTheDocument();
    expect(
      within(change).getByRole('link', { name: /sha256:77aa90/ }),
    ).toBeInTheDocument();
  });

  it('lists the other attestations by what people call them', async () => {
    await renderProvenance();
    const others = await region('Other attestations');
    expect(
      within(others).getByText('SPDX in OCI referrers: Verified'),
    ).toBeInTheDocument();
    expect(
      within(others).getByText(
        'Verification summary in OCI referrers: Untrusted signer',
      ),
    ).toBeInTheDocument();
    expect(within(others).getByText('SLSA_BUILD_LEVEL_3')).toBeInTheDocument();
    expect(
      within(others).getByText(
        'SLSA provenance in attestation manifest in the index: not signed, a claim',
      ),
    ).toBeInTheDocument();
  });

  it('names another repository aloud', async () => {
    await renderProvenance({ source: 'https://github.com/evil/payments' });
    const facts = await region('Expected against found');
    expect(
      within(facts).getByText('A different repository'),
    ).toBeInTheDocument();
  });
});

describe('when it is not', () => {
  it('says that anybody could have written a claim', async () => {
    await renderProvenance({
      status: 'claimed',
      level: 1,
      reason: 'provenanceUnsigned',
      signer: undefined,
      trustRoot: undefined,
    });
    expect(
      await screen.findByText('Provenance is only claimed'),
    ).toBeInTheDocument();
    expect(screen.getByText('SLSA Build level 1, claimed')).toBeInTheDocument();
    expect(
      screen.getByText('The same repository, but nobody proved it'),
    ).toBeInTheDocument();
  });

  it('says how to get one where there is none', async () => {
    await renderProvenance(
      {
        status: 'absent',
        reason: 'noProvenance',
        level: 0,
        levelReasons: [],
        source: undefined,
      },
      [],
    );
    expect(await screen.findByText('No provenance')).toBeInTheDocument();
    expect(await region('How to get provenance')).toBeInTheDocument();
    expect(screen.queryByText(/SLSA Build level/)).not.toBeInTheDocument();
  });

  it('says why it cannot be told', async () => {
    await renderProvenance(
      {
        status: 'unavailable',
        reason: 'registryRefused',
        level: 0,
        levelReasons: [],
        source: undefined,
      },
      [],
    );
    expect(
      await screen.findByText("Can't tell how it was built"),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'registryRefused' }),
    ).toBeInTheDocument();
  });

  it('takes nothing from a certificate nobody trusts', async () => {
    const [check] = provenanceStatement().checks;
    const untrusted = {
      ...check,
      status: 'untrustedSigner',
      reason: 'identityMismatch',
    };
    await renderProvenance(
      { status: 'untrustedSigner', reason: 'provenanceSignerUntrusted' },
      [provenanceEvidence([{ ...provenanceStatement(), checks: [untrusted] }])],
    );
    const table = await region('Who says so');
    expect(
      within(table).getByText(/No trusted certificate says/),
    ).toBeInTheDocument();
    const row = within(table).getByRole('row', { name: /^Commit/ });
    expect(within(row).getByText('–')).toBeInTheDocument();
  });

  it('says that nothing has looked yet', async () => {
    await renderPage(<ImagePage digest={DIGEST} />, {
      path: PATH,
      api: fakeApi({
        getImage: async () =>
          imageReport({ provenance: undefined, evidence: [] }),
      }),
    });
    expect(
      await screen.findByText(/Nothing has looked at how/),
    ).toBeInTheDocument();
  });
});
