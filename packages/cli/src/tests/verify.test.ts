import {
  copyFile,
  mkdtemp,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  FREE_SANDBOX_PORTS,
  OciRegistryServer,
  Sandbox,
  startSandbox,
} from 'sandbox';
import { version } from '../../package.json';
import { runForTest, TestRun } from '../__testUtils__/runForTest';

const DIGEST = /^sha256:[0-9a-f]{64}$/;

// Each run starts a worker thread, which compiles its sources first.
jest.setTimeout(60_000);

let sandbox: Sandbox;
let directory: string;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
});

afterAll(() => sandbox.stop());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'verify-'));
});

afterEach(async () => {
  sandbox.registry.clearFaults();
  await rm(directory, { recursive: true });
});

const image = (name: string) => `${sandbox.registry.host}/${name}`;

function verify(
  argv: string[],
  options: Parameters<typeof runForTest>[1] = {},
) {
  return runForTest(
    [
      'verify',
      ...argv,
      ...(argv.includes('--policy') ? [] : ['--policy', sandbox.policyFile]),
      ...['--insecure-registry', sandbox.registry.host],
      ...['--insecure-registry', sandbox.notary.host],
    ],
    options,
  );
}

const verifyJson = (...argv: string[]) => verify([...argv, '--output', 'json']);

/** The policy of the sandbox, about another registry. */
async function policyFor(host: string): Promise<string> {
  const policy = await readFile(sandbox.policyFile, 'utf8');
  const file = join(directory, 'policy.yaml');
  await writeFile(file, policy.replaceAll(sandbox.registry.host, host));
  for (const material of sandbox.trustFiles) {
    await copyFile(material, join(directory, basename(material)));
  }
  return file;
}

describe('the report', () => {
  it('has the form others script against', async () => {
    const run = await verifyJson(image('shop/web:1.4.0'));

    expect(run.exitCode).toBe(0);
    expect(run.stderr).toBe('');
    expect(run.report()).toEqual({
      schemaVersion: 1,
      tool: { name: 'backstage-supply-chain-cli', version },
      evaluatedAt: expect.any(String),
      clock: 'system',
      policies: ['built-by-us', 'default', 'everywhere', 'third-party'].map(
        name => ({ name, digest: expect.stringMatching(DIGEST) }),
      ),
      results: [
        {
          image: image('shop/web:1.4.0'),
          subject: {
            repository: image('shop/web'),
            digest: expect.stringMatching(DIGEST),
          },
          digestSource: 'tagResolvedNow',
          platform: 'linux/amd64',
          outcome: 'pass',
          signature: {
            status: 'verified',
            signatures: [
              {
                scheme: 'cosign',
                status: 'verified',
                signer:
                  'https://github.com/acme/web/.github/workflows/release.yml@refs/tags/v1.4.0',
                issuer: 'https://token.actions.githubusercontent.com',
                trustRoot: 'acme-ci',
                signedAt: expect.stringMatching(/^\d{4}-.*Z$/),
                foundIn: 'referrers',
                relation: 'exact',
              },
              expect.objectContaining({
                status: 'untrustedSigner',
                reason: 'identityMismatch',
                trustRoot: 'acme-builders',
              }),
              expect.objectContaining({
                status: 'untrustedSigner',
                reason: 'keyNotInScheme',
                trustRoot: 'acme-release-key',
              }),
            ],
            trail: [
              ['cosign', 'referrers', 2],
              ['cosign', 'fallbackTag', 0],
              ['cosign', 'sigTag', 0],
              ['cosign', 'attTag', 0],
              ['cosign', 'sbomTag', 0],
              ['contentTrust', 'contentTrust', 0],
              ['notation', 'referrers', 0],
              ['notation', 'fallbackTag', 0],
            ].map(([scheme, place, found]) =>
              expect.objectContaining({
                scheme,
                place,
                location: expect.any(String),
                found,
                complete: true,
              }),
            ),
          },
          provenance: {
            status: 'verified',
            level: 2,
            source: 'https://github.com/acme/web',
            builder:
              'https://github.com/acme/web/.github/workflows/release.yml@refs/tags/v1.4.0',
            ref: 'refs/tags/v1.4.0',
            commit: expect.stringMatching(/^[0-9a-f]{40}$/),
            workflow: '.github/workflows/release.yml',
            trustRoot: 'acme-ci',
            signer:
              'https://github.com/acme/web/.github/workflows/release.yml@refs/tags/v1.4.0',
            reasons: ['builderNotIsolated'],
          },
          findings: [
            ...(
              [
                ['provenance-verified', 'high'],
                ['built-from-own-repository', 'critical'],
              ] as const
            ).map(([ruleId, severity]) => ({
              ruleId,
              title: expect.any(String),
              policy: 'built-by-us',
              severity,
              outcome: 'pass',
              message: expect.stringContaining('https://github.com/acme/web'),
            })),
            {
              ruleId: 'image-signed',
              title: expect.any(String),
              policy: 'default',
              severity: 'critical',
              outcome: 'pass',
              message: expect.stringContaining('is signed by'),
            },
            {
              ruleId: 'not-content-trust-only',
              title: expect.any(String),
              policy: 'default',
              severity: 'medium',
              outcome: 'pass',
              message: expect.stringContaining('is signed with cosign'),
            },
          ],
          factsDigest: expect.stringMatching(DIGEST),
          waiverDigest: expect.stringMatching(DIGEST),
          contextMissing: ['entities'],
        },
      ],
    });
  });

  it('says the same twice at the same instant', async () => {
    const argv = [
      image('core/identity:6.0.1'),
      '--now',
      '2026-12-03T12:00:00Z',
    ];
    const [one, other] = [await verifyJson(...argv), await verifyJson(...argv)];
    expect(one.stdout).toBe(other.stdout);
  });

  it('says that the clock is injected', async () => {
    const run = await verifyJson(
      image('shop/payments:2.3.0'),
      '--now',
      '2030-01-01T00:00:00+01:00',
    );
    expect(run.report()).toMatchObject({
      clock: 'injected',
      evaluatedAt: '2029-12-31T23:00:00.000Z',
      results: [{ outcome: 'pass' }],
    });
  });

  it('names the platforms of an index', async () => {
    const run = await verifyJson(image('shop/cart:2.1.0'));
    expect(run.report().results[0]).toMatchObject({
      platform: 'linux/amd64,linux/arm64',
      outcome: 'pass',
    });
  });
});

describe('what was looked at', () => {
  it('names a place that was not read to its end, though another decided', async () => {
    const name = 'shop/payments';
    const { digest } = (await verifyJson(image(`${name}:2.3.0`))).report()
      .results[0].subject;
    const place = `${digest!.replace(':', '-')}.sig`;
    sandbox.registry.addFault({
      path: new RegExp(`/${place}$`),
      fault: { kind: 'status', status: 500 },
    });

    const json = await verifyJson(image(`${name}:2.3.0`));
    const text = await verify([image(`${name}:2.3.0`)]);

    expect(json.exitCode).toBe(0);
    expect(json.report().results[0].signature).toMatchObject({
      status: 'verified',
      trail: expect.arrayContaining([
        {
          scheme: 'cosign',
          place: 'sigTag',
          location: place,
          found: 0,
          complete: false,
          reason: 'registryUnavailable',
          note: expect.any(String),
        },
      ]),
    });
    expect(text.stdout).toContain(
      'sigTag 0 (not to its end: registryUnavailable)',
    );
  });

  it('several policies: the block shows the worst, the findings each', async () => {
    const policy = await policyFor(sandbox.registry.host);
    await writeFile(
      policy,
      `${await readFile(policy, 'utf8')}---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: vendor-too }
spec:
  trust: [vendor-release-key]
  rules: [{ use: image-signed }]
`,
    );
    const run = await verifyJson(
      image('shop/payments:2.3.0'),
      ...['--policy', policy],
    );
    const [result] = run.report().results;
    expect(run.exitCode).toBe(1);
    expect(result).toMatchObject({
      outcome: 'fail',
      reason: 'noMatchingKey',
      signature: { status: 'untrustedSigner', reason: 'noMatchingKey' },
    });
    expect(
      result.findings.map(finding => [finding.policy, finding.outcome]),
    ).toEqual([
      ['default', 'pass'],
      ['default', 'pass'],
      ['vendor-too', 'fail'],
    ]);
    expect(
      result.signature.signatures.map(each => [each.trustRoot, each.status]),
    ).toEqual([
      ['acme-release-key', 'verified'],
      ['acme-ci', 'untrustedSigner'],
      ['vendor-release-key', 'untrustedSigner'],
    ]);
  });
});

describe('the text for people', () => {
  it('says who signed, and what to do about what is not signed', async () => {
    const run = await verify([
      image('shop/payments:2.3.0'),
      image('shop/invoices:0.8.0'),
    ]);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(`PASS  ${image('shop/payments:2.3.0')}\n`);
    expect(run.stdout).toContain('  signature   verified\n');
    expect(run.stdout).toMatch(
      /acme-release-key: verified, sha256:[0-9a-f]{64}/,
    );
    expect(run.stdout).toContain('  signature   unsigned (noSignature)\n');
    expect(run.stdout).toMatch(
      / {2}next {8}cosign sign .*shop\/invoices@sha256:/,
    );
    expect(run.stdout).toMatch(/\n\n2 images: 1 fail, 1 pass\n$/);
    expect(run.stdout).not.toContain('\u001b');
  });

  it('names an index that is signed in place of its platform', async () => {
    const { platforms } = sandbox.world
      .workloads('cart')
      .flatMap(({ containers }) => containers)[0].image;
    const run = await verify([
      image(`shop/cart:2.1.0@${platforms.arm64.digest}`),
    ]);
    expect(run.stdout).toContain('on the index that lists it');
  });

  it('is coloured for a person at a terminal only', async () => {
    const argv = [image('shop/invoices:0.8.0')];
    const seen = await verify(argv, { isTTY: true });
    const declined = await verify(argv, {
      isTTY: true,
      environment: { NO_COLOR: '1' },
    });
    expect(seen.stdout).toContain('\u001b[1;31mFAIL\u001b[0m');
    expect(declined.stdout).not.toContain('\u001b');
  });

  it('shows what a registry says so that it cannot act on the terminal', async () => {
    sandbox.registry.addFault({
      repository: 'shop/web',
      fault: {
        kind: 'status',
        status: 401,
        headers: {
          'WWW-Authenticate': 'Bearer realm="https://\u009b2J.example/token"',
        },
      },
    });
    const run = await verify([image('shop/web:1.4.0')], { isTTY: true });
    expect(run.exitCode).toBe(3);
    // eslint-disable-next-line no-control-regex
    expect(run.stdout.replace(/\u001b\[[\d;]*m/g, '')).toMatch(
      /^[\x20-\x7e\n]+$/,
    );
  });
});

describe('what cannot be told ends with 3', () => {
  const reasonOf = (run: TestRun) => {
    const [{ outcome, reason, signature }] = run.report().results;
    return { exitCode: run.exitCode, outcome, reason, signature };
  };
  const cannotTell = (reason: string, trail: unknown[] = []) => ({
    exitCode: 3,
    outcome: 'unknown',
    reason,
    signature: { status: 'unavailable', reason, signatures: [], trail },
  });
  // Its server is another one, and was not in the way.
  const CONTENT_TRUST = [expect.objectContaining({ place: 'contentTrust' })];
  const DIGEST_OF_NOTHING = `sha256:${'0'.repeat(64)}`;

  it.each([401, 403])('a registry that answers %i', async status => {
    sandbox.registry.addFault({
      repository: 'shop/web',
      fault: { kind: 'status', status },
    });
    const byTag = await verifyJson(image('shop/web:1.4.0'));
    const byDigest = await verifyJson(image(`shop/web@${DIGEST_OF_NOTHING}`));
    expect(reasonOf(byTag)).toEqual(cannotTell('registryRefused'));
    expect(reasonOf(byDigest)).toEqual(
      cannotTell('registryRefused', CONTENT_TRUST),
    );
    expect(byTag.report().results[0].findings).toContainEqual(
      expect.objectContaining({
        ruleId: 'image-signed',
        outcome: 'unknown',
        reason: 'registryRefused',
        message: expect.stringContaining('cannot be told'),
      }),
    );
  });

  it('a registry nobody answers for', async () => {
    const gone = await OciRegistryServer.start();
    const { host } = gone;
    await gone.stop();
    const run = await verifyJson(
      `${host}/shop/web:1.4.0`,
      ...['--policy', await policyFor(host)],
      ...['--insecure-registry', host],
    );
    expect(reasonOf(run)).toEqual(cannotTell('registryUnavailable'));
  });

  it('a tag that is not there: whether it may be seen is not proven', async () => {
    const run = await verifyJson(image('shop/web:9.9.9'));
    expect(reasonOf(run)).toEqual(cannotTell('accessNotProven'));
  });

  it.each(['shop/web:1.4.0', `shop/web@${DIGEST_OF_NOTHING}`])(
    'a registry that does not answer in time for %s',
    async name => {
      sandbox.registry.addFault({
        repository: 'shop/web',
        fault: { kind: 'hang' },
      });
      const run = await verifyJson(image(name), '--timeout', '0.2');
      expect(reasonOf(run)).toEqual(
        cannotTell('registryTimeout', name.includes('@') ? CONTENT_TRUST : []),
      );
    },
  );

  it('a registry that speaks plain HTTP without being listed', async () => {
    const run = await runForTest([
      'verify',
      image('shop/web:1.4.0'),
      ...['--policy', sandbox.policyFile, '--output', 'json'],
    ]);
    expect(reasonOf(run)).toEqual(cannotTell('registryUnavailable'));
  });

  it('an image no policy covers', async () => {
    const policy = join(directory, 'policy.yaml');
    await writeFile(
      policy,
      `apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: other }
spec:
  match: { images: ["registry.acme.example/**"] }
  rules: [{ use: image-signed }]
`,
    );
    const json = await verifyJson(image('shop/web:1.4.0'), '--policy', policy);
    const text = await verify([image('shop/web:1.4.0'), '--policy', policy]);
    expect(reasonOf(json)).toMatchObject({
      exitCode: 3,
      outcome: 'notApplicable',
      reason: 'noPolicyMatches',
      signature: { status: 'unavailable', reason: 'noTrustRootConfigured' },
    });
    expect(json.report().results[0]).toMatchObject({
      findings: [],
      contextMissing: [],
      factsDigest: expect.stringMatching(DIGEST),
    });
    expect(text.stdout).toContain('NOT COVERED');
    expect(text.stdout).toContain('No policy covers this image.');
  });

  it('a policy without trust root', async () => {
    const policy = join(directory, 'policy.yaml');
    await writeFile(
      policy,
      `apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: bare }
spec:
  rules: [{ use: image-signed }]
`,
    );
    const run = await verifyJson(image('shop/web:1.4.0'), '--policy', policy);
    expect(reasonOf(run)).toMatchObject({
      exitCode: 3,
      reason: 'noTrustRootConfigured',
      signature: { status: 'unavailable', reason: 'noTrustRootConfigured' },
    });
  });

  it('a file of policies without policy', async () => {
    const policy = join(directory, 'policy.yaml');
    await writeFile(policy, '# nothing yet\n');
    const run = await verifyJson(image('shop/web:1.4.0'), '--policy', policy);
    expect(reasonOf(run)).toMatchObject({
      exitCode: 3,
      outcome: 'unknown',
      reason: 'noPolicy',
    });
  });
});

describe('several images', () => {
  const good = 'shop/payments:2.3.0';
  const bad = 'shop/invoices:0.8.0';
  const unknown = 'shop/web:9.9.9';

  // L29
  it.each([
    [[good, good], 0],
    [[good, unknown], 3],
    [[unknown, bad, good], 1],
  ])('%j end with %i', async (names, exitCode) => {
    expect(await verifyJson(...names.map(image))).toMatchObject({ exitCode });
  });

  it('one that is no reference ends with 2, and nothing is asked', async () => {
    sandbox.registry.clearRequests();
    const run = await verifyJson(image(bad), 'NOT/a reference');
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('"NOT/a reference": referenceUnreadable');
    expect(sandbox.registry.requests).toHaveLength(0);
  });
});

describe('a tag', () => {
  it('is resolved once, and everything else is asked by digest', async () => {
    sandbox.registry.clearRequests();
    await verifyJson(image('shop/payments:2.3.0'));
    const byTag = sandbox.registry.requests.filter(({ path }) =>
      path.endsWith('/manifests/2.3.0'),
    );
    expect(byTag).toHaveLength(1);
  });
});

describe('credentials', () => {
  let registry: OciRegistryServer;

  beforeEach(async () => {
    registry = await OciRegistryServer.start({
      authentication: { kind: 'token', username: 'ci', password: 'pw' },
      content: [
        { repositories: [sandbox.registry.store.find('shop/payments')!] },
      ],
    });
  });

  afterEach(() => registry.stop());

  const auth = Buffer.from('ci:pw').toString('base64');

  async function verifyWith(config: object) {
    await writeFile(join(directory, 'config.json'), JSON.stringify(config));
    return verify(
      [
        `${registry.host}/shop/payments:2.3.0`,
        ...['--policy', await policyFor(registry.host), '--output', 'json'],
        ...['--insecure-registry', registry.host],
      ],
      { environment: { DOCKER_CONFIG: directory } },
    );
  }

  it('of the Docker configuration open the registry they are for', async () => {
    const run = await verifyWith({ auths: { [registry.host]: { auth } } });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.each([
    ['another port', () => `127.0.0.1:${registry.port - 1}`],
    ['no port', () => '127.0.0.1'],
    ['another repository', () => `${registry.host}/shop/pay`],
  ])('for %s are not used', async (_, key) => {
    registry.clearRequests();
    const run = await verifyWith({ auths: { [key()]: { auth } } });
    expect(run.exitCode).toBe(3);
    expect(run.report().results[0].reason).toBe('registryRefused');
    expect(
      registry.requests.filter(({ headers }) =>
        String(headers.authorization).startsWith('Basic'),
      ),
    ).toEqual([]);
  });

  it('that a helper holds are not read, and that is said', async () => {
    const run = await verifyWith({ credHelpers: { [registry.host]: 'x' } });
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain(
      `supply-chain: warning: "${registry.host}" is read without credentials: "credHelpers" of `,
    );
  });

  it('that cannot be read end with 2', async () => {
    await writeFile(join(directory, 'config.json'), '{');
    const run = await verify([image('shop/web:1.4.0')], {
      environment: { DOCKER_CONFIG: directory },
    });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('the other options', () => {
  it('keeps state in the folder of --state', async () => {
    const state = join(directory, 'state');
    const run = await verifyJson(image('shop/web:1.4.0'), '--state', state);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await stat(state)).isDirectory()).toBe(true);
  });

  it('ends with 2 when the folder of --state cannot be one', async () => {
    const run = await verifyJson(
      image('shop/web:1.4.0'),
      ...['--state', sandbox.policyFile],
    );
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('the state folder');
  });

  it('compares provenance with --source-repository', async () => {
    const [own, other] = await Promise.all(
      ['web', 'other'].map(name =>
        verifyJson(
          image('shop/web:1.4.0'),
          ...['--source-repository', `https://github.com/acme/${name}`],
        ),
      ),
    );
    expect(own).toMatchObject({ exitCode: 0, stderr: '' });
    expect(own.report().results[0].provenance).toMatchObject({
      status: 'verified',
      source: 'https://github.com/acme/web',
      expectedSource: 'https://github.com/acme/web',
    });
    expect(other.exitCode).toBe(1);
    expect(other.report().results[0].findings).toContainEqual(
      expect.objectContaining({
        ruleId: 'built-from-own-repository',
        reason: 'builtFromOtherRepository',
      }),
    );
  });

  it('passes on the warnings of trust roots', async () => {
    const policy = await policyFor(sandbox.registry.host);
    const text = await readFile(policy, 'utf8');
    await writeFile(
      policy,
      text.replace(/\n +extensions:\n +sourceRepositoryUri:\n.*/, ''),
    );
    const run = await verifyJson(image('shop/web:1.4.0'), '--policy', policy);
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toMatch(
      /^supply-chain: warning: trust root "acme-ci": reusableWorkflowOpen: /,
    );
  });
});
