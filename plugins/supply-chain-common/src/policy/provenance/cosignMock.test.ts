import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Digest } from '../../model/digest';
import { readPredicate } from '../../predicates/readPredicate';
import { check } from '../../testing/exampleFacts';
import { workflowIdentity } from '../../testing/exampleProvenance';
import { buildLevelOf } from './buildLevelOf';

// Cases made for this project with their expected levels; the signatures themselves are verified where the module for
// Sigstore runs the same cases. Here the certificate is taken for verified, with the extensions its subject implies.
const FOLDER = join(
  process.env.SUPPLY_CHAIN_VECTORS ??
    resolve(__dirname, '../../../../../../shared/fixtures'),
  'cosign-mock/cases',
);
const describeIfPresent = existsSync(FOLDER) ? describe : describe.skip;

const APP = 'https://github.com/acme/app';
const GENERATOR =
  'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/v2.1.0';
const OWN = `${APP}/.github/workflows/release.yml@refs/heads/main`;

function statementOf(name: string) {
  const { blobs } = JSON.parse(
    readFileSync(join(FOLDER, name, 'registry.json'), 'utf8'),
  );
  const texts = Object.values<string>(blobs).map(blob =>
    Buffer.from(blob, 'base64').toString('utf8'),
  );
  const bundle = JSON.parse(texts.find(text => text.includes('dsseEnvelope'))!);
  return JSON.parse(
    Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString('utf8'),
  );
}

function judge(name: string, signer: string, source: string) {
  const { predicateType, predicate, subject } = statementOf(name);
  const digest = `sha256:${subject[0].digest.sha256}` as Digest;
  const identity = workflowIdentity(
    {},
    {
      subject: signer,
      extensions: {
        buildSignerUri: signer,
        runnerEnvironment: 'github-hosted',
        sourceRepositoryUri: source,
        sourceRepositoryRef: 'refs/heads/main',
        sourceRepositoryIdentifier: '1234',
        sourceRepositoryOwnerIdentifier: '99',
        buildTrigger: 'push',
      },
    },
  );
  return buildLevelOf({
    statement: {
      predicateType,
      content: readPredicate(predicateType, predicate),
      foundIn: 'referrers',
      carrier: digest,
      covers: digest,
      relation: 'exact',
      signed: true,
      checks: [],
    },
    check: check({ signer: identity }),
    subject: { repository: subject[0].name, digest },
    parameters: { allowSelfHosted: false },
  });
}

describeIfPresent('provenance made for attacks', () => {
  // prettier-ignore
  it.each([
    ['provenance-l2-own-workflow', OWN, APP, 'verified', 2],
    ['provenance-builder-id-lies_L1', OWN, APP, 'claimed', 1],
    ['provenance-body-source-differs-from-cert_fail', GENERATOR, APP, 'mismatch', 0],
    ['provenance-other-source-repo_fail', GENERATOR, 'https://github.com/evil/app', 'verified', 3],
  ])('%s', (name, signer, source, status, level) => {
    expect(judge(name, signer, source)).toMatchObject({ status, level });
  });

  it('leaves it to the rule about repositories to refuse the honest build of another one', () => {
    expect(
      judge(
        'provenance-other-source-repo_fail',
        GENERATOR,
        'https://github.com/evil/app',
      ).facts.repository,
    ).toBe('https://github.com/evil/app');
  });
});
