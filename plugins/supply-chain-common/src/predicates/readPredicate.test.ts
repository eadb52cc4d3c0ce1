import fc from 'fast-check';
import { PredicateContent } from '../model/provenance';
import { readPredicate } from './readPredicate';

const V02 = 'https://slsa.dev/provenance/v0.2';
const V1 = 'https://slsa.dev/provenance/v1';
const SUMMARY = 'https://slsa.dev/verification_summary/v1';
const COMMIT = 'a'.repeat(40);
const git = (repository: string) => `git+https://github.com/${repository}`;

function claimsOf(content: PredicateContent) {
  if (content.type !== 'slsaProvenance') {
    throw new TypeError(`expected provenance, got ${JSON.stringify(content)}`);
  }
  return content.claims;
}

function v1(definition: object, runDetails: object = {}) {
  return claimsOf(
    readPredicate(V1, {
      buildDefinition: { buildType: 'https://example.test/v1', ...definition },
      runDetails: { builder: { id: 'https://builder.example' }, ...runDetails },
    }),
  );
}

function v02(rest: object) {
  return claimsOf(
    readPredicate(V02, {
      builder: { id: 'https://builder.example' },
      buildType: 'https://example.test/v1',
      ...rest,
    }),
  );
}

describe('SLSA provenance v1', () => {
  it('of GitHub says repository, commit, workflow, trigger, ids and run', () => {
    const claims = v1(
      {
        externalParameters: {
          workflow: {
            ref: 'refs/tags/v1',
            repository: 'https://github.com/Acme/Web',
            path: '.github/workflows/release.yml',
          },
        },
        internalParameters: {
          github: {
            event_name: 'push',
            repository_id: '1234',
            repository_owner_id: '99',
            runner_environment: 'github-hosted',
          },
        },
        resolvedDependencies: [
          { uri: git('other/action'), digest: { gitCommit: 'b'.repeat(40) } },
          {
            uri: `${git('acme/web')}@refs/tags/v1`,
            digest: { gitCommit: COMMIT },
          },
        ],
      },
      {
        metadata: {
          invocationId: 'https://github.com/acme/web/actions/runs/1/attempts/1',
          startedOn: '2026-11-01T00:00:00Z',
          finishedOn: '2026-11-01T00:01:00Z',
        },
      },
    );
    expect(claims).toEqual({
      builderId: 'https://builder.example',
      buildType: 'https://example.test/v1',
      source: {
        uri: 'https://github.com/Acme/Web',
        repository: 'https://github.com/acme/web',
        ref: 'refs/tags/v1',
        commit: COMMIT,
      },
      workflow: '.github/workflows/release.yml',
      trigger: 'push',
      repositoryId: '1234',
      ownerId: '99',
      runnerEnvironment: 'github-hosted',
      invocationId: 'https://github.com/acme/web/actions/runs/1/attempts/1',
      startedOn: '2026-11-01T00:00:00Z',
      finishedOn: '2026-11-01T00:01:00Z',
      dependencies: 2,
    });
  });

  // prettier-ignore
  it.each<[string, object, object, object | undefined]>([
    ['a container-based builder', { externalParameters: { source: { uri: `${git('acme/web')}@refs/heads/main`, digest: { sha1: COMMIT } } } }, {}, { repository: 'https://github.com/acme/web', ref: 'refs/heads/main', commit: COMMIT }],
    ['GitLab', { externalParameters: { source: 'https://gitlab.com/acme/web', entryPoint: 'build' }, resolvedDependencies: [{ uri: 'https://gitlab.com/acme/web', digest: { sha256: COMMIT } }] }, {}, { repository: 'https://gitlab.com/acme/web', commit: COMMIT }],
    ['Google Cloud Build', { externalParameters: { buildConfigSource: { repository: git('acme/web'), ref: 'refs/heads/main', path: 'cloudbuild.yaml' } } }, {}, { repository: 'https://github.com/acme/web', ref: 'refs/heads/main' }],
    ['BuildKit on a Git context', { externalParameters: { configSource: { uri: 'https://github.com/acme/web.git#refs/heads/main:app', digest: { sha1: COMMIT }, path: 'Dockerfile' } } }, {}, { repository: 'https://github.com/acme/web', ref: 'refs/heads/main', commit: COMMIT }],
    ['BuildKit on a local folder', { externalParameters: { configSource: { path: 'Dockerfile' } } }, { metadata: { buildkit_metadata: { vcs: { source: 'git@github.com:acme/web.git', revision: COMMIT } } } }, { repository: 'https://github.com/acme/web', commit: COMMIT }],
    ['BuildKit on a checkout without a commit', {}, { metadata: { buildkit_metadata: { vcs: { source: 'git@github.com:acme/web.git' } } } }, { repository: 'https://github.com/acme/web' }],
    ['Tekton Chains', { resolvedDependencies: [{ name: 'pipeline', uri: git('tekton/catalog') }, { name: 'inputs/result', uri: `${git('acme/web')}.git`, digest: { sha1: COMMIT } }] }, {}, { repository: 'https://github.com/acme/web', commit: COMMIT }],
    ['one repository among images', { resolvedDependencies: [{ uri: 'pkg:docker/alpine@3', digest: { sha256: 'c'.repeat(64) } }, { uri: git('acme/web') }] }, {}, { repository: 'https://github.com/acme/web' }],
    ['a builder with several repositories', { resolvedDependencies: [{ uri: git('acme/web') }, { uri: git('acme/pipeline') }] }, {}, undefined],
    ['a builder without any', { resolvedDependencies: [{ uri: 'https://files.example/a/b.tgz' }, {}] }, {}, undefined],
    ['a source that is no repository', { externalParameters: { source: { uri: 'gs://bucket/source.tgz' } } }, {}, { uri: 'gs://bucket/source.tgz' }],
  ])('says the source of %s', (_condition, definition, runDetails, source) => {
    const { source: said } = v1(definition, runDetails);
    expect(said && { ...said, uri: undefined, ...(source && 'uri' in source && { uri: said.uri }) }).toEqual(source);
  });

  it('leaves free parameters that have another form', () => {
    const claims = v1({
      externalParameters: { workflow: 'build', source: 7 },
      internalParameters: null,
      resolvedDependencies: null,
    });
    expect(claims).toEqual({
      builderId: 'https://builder.example',
      buildType: 'https://example.test/v1',
      dependencies: 0,
    });
  });

  it('counts all dependencies and reads so many of them', () => {
    const resolvedDependencies = Array.from({ length: 3000 }, () => ({}));
    expect(v1({ resolvedDependencies }).dependencies).toBe(3000);
  });
});

describe('SLSA provenance v0.2', () => {
  it('of slsa-github-generator and npm says the same', () => {
    const configSource = {
      uri: `${git('acme/web')}@refs/tags/v1`,
      digest: { sha1: COMMIT.toUpperCase() },
      entryPoint: '.github/workflows/release.yml',
    };
    for (const environment of [
      { github_event_name: 'push', github_repository_id: '1234' },
      { GITHUB_EVENT_NAME: 'push', GITHUB_REPOSITORY_ID: '1234' },
    ]) {
      expect(
        v02({
          invocation: { configSource, environment },
          metadata: {
            buildInvocationId: '1-1',
            buildStartedOn: '2026-11-01T00:00:00Z',
            buildFinishedOn: '2026-11-01T00:01:00Z',
          },
          materials: [{ uri: 'pkg:docker/alpine' }],
        }),
      ).toEqual({
        builderId: 'https://builder.example',
        buildType: 'https://example.test/v1',
        source: {
          uri: `${git('acme/web')}@refs/tags/v1`,
          repository: 'https://github.com/acme/web',
          ref: 'refs/tags/v1',
          commit: COMMIT,
        },
        workflow: '.github/workflows/release.yml',
        trigger: 'push',
        repositoryId: '1234',
        invocationId: '1-1',
        startedOn: '2026-11-01T00:00:00Z',
        finishedOn: '2026-11-01T00:01:00Z',
        dependencies: 1,
      });
    }
  });

  it('of BuildKit has the checkout in its metadata, and may have no builder', () => {
    const content = readPredicate(V02, {
      builder: { id: '' },
      buildType: 'https://mobyproject.org/buildkit@v1',
      materials: null,
      metadata: {
        'https://mobyproject.org/buildkit@v1#metadata': {
          vcs: { source: 'https://github.com/acme/web', revision: COMMIT },
        },
      },
    });
    expect(claimsOf(content)).toMatchObject({
      builderId: '',
      source: { repository: 'https://github.com/acme/web', commit: COMMIT },
    });
  });

  it('of Tekton Chains has the source among its materials', () => {
    expect(
      v02({ materials: [{ uri: git('acme/web'), digest: { sha1: COMMIT } }] })
        .source,
    ).toMatchObject({ repository: 'https://github.com/acme/web' });
  });
});

describe('SLSA provenance v0.1', () => {
  it('has type and entry point in its recipe', () => {
    const content = readPredicate('https://slsa.dev/provenance/v0.1', {
      builder: { id: 'https://builder.example' },
      recipe: { type: 'https://example.test/v1', entryPoint: 'build.yaml' },
      materials: [
        { uri: 'https://github.com/acme/web', digest: { sha1: COMMIT } },
      ],
    });
    expect(content).toMatchObject({ version: '0.1' });
    expect(claimsOf(content)).toMatchObject({
      workflow: 'build.yaml',
      source: { repository: 'https://github.com/acme/web' },
    });
  });
});

describe('a verification summary', () => {
  const body = {
    verifier: { id: 'https://verifier.example' },
    resourceUri: 'registry.acme.example/shop/web',
    policy: { uri: 'https://policy.example' },
    timeVerified: '2026-11-01T00:00:00Z',
    verificationResult: 'PASSED',
    verifiedLevels: ['SLSA_BUILD_LEVEL_3'],
    slsaVersion: '1.0',
  };

  it('says who verified what, by which policy, with what result', () => {
    expect(readPredicate(SUMMARY, body)).toEqual({
      type: 'verificationSummary',
      summary: {
        verifierId: 'https://verifier.example',
        timeVerified: '2026-11-01T00:00:00Z',
        resourceUri: 'registry.acme.example/shop/web',
        policyUri: 'https://policy.example',
        result: 'PASSED',
        verifiedLevels: ['SLSA_BUILD_LEVEL_3'],
        slsaVersion: '1.0',
      },
    });
  });

  it.each([
    ['no verifier', { verifier: undefined }],
    ['another result', { verificationResult: 'passed' }],
    ['no resource', { resourceUri: '' }],
    [
      'too many levels',
      { verifiedLevels: Array(100).fill('SLSA_BUILD_LEVEL_3') },
    ],
  ])('cannot be read with %s', (_condition, change) => {
    expect(readPredicate(SUMMARY, { ...body, ...change })).toMatchObject({
      type: 'unreadable',
      message: expect.any(String),
    });
  });
});

describe('readPredicate', () => {
  // prettier-ignore
  it.each<[string, string, unknown]>([
    ['a text', V1, 'text'],
    ['nothing', V02, undefined],
    ['no builder', V1, { buildDefinition: { buildType: 'x' }, runDetails: {} }],
    ['no type', V02, { builder: { id: 'x' } }],
    ['a text that is too long', V02, { builder: { id: 'x'.repeat(3000) }, buildType: 'x' }],
    ['a material of another form', V02, { builder: { id: 'x' }, buildType: 'x', materials: [7] }],
    ['materials that are no list', V02, { builder: { id: 'x' }, buildType: 'x', materials: {} }],
    ['a date that is a number', V1, { buildDefinition: { buildType: 'x' }, runDetails: { builder: { id: 'x' }, metadata: { startedOn: 5 } } }],
  ])('cannot read %s', (_condition, type, predicate) => {
    expect(readPredicate(type, predicate)).toMatchObject({ type: 'unreadable' });
  });

  it('knows other types by name only', () => {
    for (const type of [
      'https://spdx.dev/Document',
      'https://slsa.dev/provenance/v9',
      '__proto__',
    ]) {
      expect(readPredicate(type, { anything: 1 })).toEqual({ type: 'other' });
    }
  });

  it('never throws, whatever the predicate is', () => {
    const type = fc.constantFrom(
      V02,
      V1,
      SUMMARY,
      'https://slsa.dev/provenance/v0.1',
    );
    fc.assert(
      fc.property(
        type,
        fc.jsonValue(),
        fc.jsonValue(),
        (predicateType, a, b) => {
          for (const predicate of [
            a,
            {
              builder: a,
              buildType: b,
              materials: a,
              invocation: b,
              recipe: a,
            },
            {
              builder: { id: 'x' },
              buildType: 'x',
              invocation: { configSource: a, environment: b },
              metadata: b,
            },
            {
              buildDefinition: {
                buildType: 'x',
                externalParameters: { workflow: a, source: b },
              },
              runDetails: { builder: { id: 'x' }, metadata: a },
            },
          ]) {
            expect(readPredicate(predicateType, predicate).type).toBeTruthy();
          }
        },
      ),
    );
  });
});

describe('OpenVEX', () => {
  const document = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    timestamp: '2026-11-20T11:00:00Z',
    statements: [{ vulnerability: 'CVE-2026-1', status: 'fixed' }],
  };

  it.each(['https://openvex.dev/ns', 'https://openvex.dev/ns/v0.2.0'])(
    'is read as %s',
    type => {
      expect(readPredicate(type, document)).toMatchObject({
        type: 'vex',
        document: { statements: [{ names: ['CVE-2026-1'], status: 'fixed' }] },
      });
    },
  );

  it('of another form says why it cannot be used', () => {
    expect(readPredicate('https://openvex.dev/ns', 'x')).toEqual({
      type: 'vex',
      problem: 'malformedReport',
    });
    expect(readPredicate('https://openvex.dev/nsx', document)).toEqual({
      type: 'other',
    });
  });
});
