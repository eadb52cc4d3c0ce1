import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PredicateContent } from '../model/provenance';
import { readPredicate } from './readPredicate';

// Real statements of slsa-verifier (github slsa-framework/slsa-verifier @aaf98fd7, cli/slsa-verifier/testdata) and the
// examples of the in-toto specification (github in-toto/attestation @051624ce), both Apache-2.0.
const FIXTURES =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');
const describeIfPresent = existsSync(FIXTURES) ? describe : describe.skip;

type Envelope = { payload: string };

function contentOf(envelope: Envelope): PredicateContent {
  const statement = JSON.parse(
    Buffer.from(envelope.payload, 'base64').toString('utf8'),
  );
  return readPredicate(statement.predicateType, statement.predicate);
}

function json(...path: string[]) {
  return JSON.parse(readFileSync(join(FIXTURES, ...path), 'utf8'));
}

function namesIn(...path: string[]): string[] {
  const folder = join(FIXTURES, ...path);
  return existsSync(folder) ? readdirSync(folder) : [];
}

describeIfPresent('statements of slsa-verifier', () => {
  const layouts = ['slsa-verifier', 'gha_generic_container'];

  it.each(namesIn(...layouts))('container %s', version => {
    const blobs = [
      ...layouts,
      version,
      'container_workflow_dispatch',
      'blobs',
      'sha256',
    ];
    const envelopes = namesIn(...blobs)
      .map(name => readFileSync(join(FIXTURES, ...blobs, name), 'utf8'))
      .filter(text => text.startsWith('{"payloadType"'))
      .map(text => contentOf(JSON.parse(text)));
    expect(envelopes).toHaveLength(1);
    expect(envelopes[0]).toMatchObject({
      type: 'slsaProvenance',
      version: '0.2',
      claims: {
        builderId: `https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/${version}`,
        buildType:
          'https://github.com/slsa-framework/slsa-github-generator/container@v1',
        source: {
          repository: 'https://github.com/slsa-framework/example-package',
          ref: expect.stringMatching(/^refs\/(heads\/main|tags\/v13\.0\.30)$/),
          commit: expect.stringMatching(/^[0-9a-f]{40}$/),
        },
        workflow:
          '.github/workflows/verifier-e2e.all.workflow_dispatch.main.all.slsa3.yml',
        trigger: expect.stringMatching(/^(workflow_dispatch|push)$/),
      },
    });
  });

  const npm = namesIn('slsa-verifier', 'npm', 'gha').filter(
    name => name.endsWith('.json') && !name.includes('invalidsig'),
  );
  // Named by upstream after the repositories and builders.
  const expected: Record<string, [RegExp, string]> = {
    gundam: [
      /^https:\/\/github\.com\/ramonpetgrave64\/gundam-visor$/,
      'https://github.com/actions/runner/github-hosted',
    ],
    supreme: [
      /^https:\/\/github\.com\/trishankatdatadog\/supreme-goggles$/,
      'https://github.com/actions/runner',
    ],
    provenance: [
      /^https:\/\/github\.com\/(laurentsimon\/provenance-npm-test|sigstore\/sigstore-js)$/,
      'https://github.com/',
    ],
  };

  it.each(npm)('npm %s', name => {
    const { attestations } = json('slsa-verifier', 'npm', 'gha', name);
    const contents = attestations.map(
      ({ bundle }: { bundle: { dsseEnvelope: Envelope } }) =>
        contentOf(bundle.dsseEnvelope),
    );
    const [repository, builder] = expected[name.split('-')[0]];
    expect(contents).toHaveLength(2);
    expect(contents).toContainEqual({ type: 'other' });
    expect(contents).toContainEqual(
      expect.objectContaining({
        type: 'slsaProvenance',
        claims: expect.objectContaining({
          builderId: expect.stringContaining(builder),
          source: expect.objectContaining({
            repository: expect.stringMatching(repository),
          }),
          workflow: expect.stringMatching(/^\.github\/workflows\//),
          repositoryId: expect.stringMatching(/^\d+$/),
        }),
      }),
    );
  });

  it.each(
    namesIn('slsa-verifier', 'gcb_container', 'v0.3').filter(
      name => name.endsWith('.json') && name.includes('github'),
    ),
  )('Google Cloud Build %s', name => {
    const { provenance_summary: summary } = json(
      'slsa-verifier',
      'gcb_container',
      'v0.3',
      name,
    );
    const [{ envelope }] = summary.provenance;
    expect(contentOf(envelope)).toMatchObject({
      type: 'slsaProvenance',
      version: '0.1',
      claims: {
        builderId: 'https://cloudbuild.googleapis.com/GoogleHostedWorker@v0.3',
        source: {
          repository: name.includes('-tag')
            ? 'https://github.com/slsa-framework/example-package'
            : 'https://github.com/laurentsimon/gcb-tests',
        },
      },
    });
  });

  it('the summary of a verification', () => {
    expect(
      contentOf(
        json('slsa-verifier', 'vsa', 'gce', 'v1', 'gke-gce-pre.bcid-vsa.jsonl'),
      ),
    ).toMatchObject({
      summary: {
        verifierId:
          'https://bcid.corp.google.com/verifier/bcid_package_enforcer/v0.1',
        result: 'PASSED',
        verifiedLevels: ['BCID_L1', 'SLSA_BUILD_LEVEL_2'],
      },
    });
  });
});

describeIfPresent('examples of the in-toto specification', () => {
  const folder = ['in-toto-attestation', 'spec', 'predicates'];

  it('are of other types, and none of them is taken for provenance', () => {
    const statements = namesIn(...folder)
      .filter(name => name.endsWith('.md'))
      .map(name => readFileSync(join(FIXTURES, ...folder, name), 'utf8'))
      .flatMap(text => [...text.matchAll(/```jsonc?\n([\s\S]*?)```/g)])
      .flatMap(([, block]) => parsed(block))
      .filter(({ predicateType }) => typeof predicateType === 'string');
    expect(statements.length).toBeGreaterThan(3);
    for (const { predicateType, predicate } of statements) {
      expect(readPredicate(predicateType, predicate)).toEqual({
        type: 'other',
      });
    }
  });
});

/** Some examples hold comments and dots; those are for people only. */
function parsed(
  block: string,
): { predicateType: string; predicate: unknown }[] {
  try {
    return [JSON.parse(block)];
  } catch {
    return [];
  }
}
