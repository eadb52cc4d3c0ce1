import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { FREE_SANDBOX_PORTS, Sandbox, startSandbox } from 'sandbox';
import { runForTest } from '../__testUtils__/runForTest';
import { sarifReport } from '../__testUtils__/sarifReport';
import { openVex } from '../__testUtils__/openVex';
import { otherReports } from '../__testUtils__/otherReports';
import { CRITICAL, trivyReport } from '../__testUtils__/trivyReport';

// Each run starts a worker thread, which compiles its sources first.
jest.setTimeout(120_000);

const HOUR_MS = 60 * 60 * 1000;
const OTHER_DIGEST = `sha256:${'f'.repeat(64)}`;

let sandbox: Sandbox;
let directory: string;
let written: number;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
});

afterAll(() => sandbox.stop());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'check-'));
  written = 0;
});

afterEach(() => rm(directory, { recursive: true }));

const built = (service: string) =>
  sandbox.world.workloads(service).flatMap(({ containers }) => containers)[0]
    .image;

const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

async function file(text: string): Promise<string> {
  written += 1;
  const path = join(directory, `file-${written}`);
  await writeFile(path, text);
  return path;
}

/** A policy of one rule set about every image, beside no trust root. */
const policy = (rules: object[], spec: object = {}) =>
  file(
    JSON.stringify({
      apiVersion: 'supply-chain/v1',
      kind: 'SupplyChainPolicy',
      metadata: { name: 'scans' },
      spec: { rules, ...spec },
    }),
  );

const SCANS = [
  { use: 'scan-fresh', with: { maxAgeHours: 48 } },
  {
    use: 'no-fixable-vulnerability',
    with: { severity: 'critical', leewayDays: 10 },
  },
];

function check(argv: string[], options: Parameters<typeof runForTest>[1] = {}) {
  return runForTest(
    [
      'check',
      ...argv,
      ...(argv.includes('--policy') ? [] : ['--policy', sandbox.policyFile]),
      ...['--insecure-registry', sandbox.registry.host],
      ...['--insecure-registry', sandbox.notary.host],
    ],
    options,
  );
}

async function judged(argv: string[]) {
  const run = await check([...argv, '--output', 'json']);
  const [result] = run.report().results;
  const findings = Object.fromEntries(
    result.findings.map(({ ruleId, outcome, reason }) => [
      ruleId,
      reason ? `${outcome}(${reason})` : outcome,
    ]),
  );
  return { run, result, findings };
}

const WEB = () => {
  const { digest } = built('web').top;
  return `${sandbox.registry.host}/shop/web:1.4.0@${digest}`;
};

describe('with a policy and a scan', () => {
  it('judges every rule, and says what to deploy', async () => {
    const { digest } = built('web').top;
    const report = trivyReport({ digest, createdAt: hoursAgo(1) });
    const evidence = await file(report);
    const outputs = {
      text: join(directory, 'out.txt'),
      sarif: join(directory, 'out.sarif'),
      junit: join(directory, 'out.xml'),
      markdown: join(directory, 'out.md'),
    };
    const environment = {
      GITHUB_OUTPUT: join(directory, 'output'),
      GITHUB_STEP_SUMMARY: join(directory, 'summary'),
    };
    const run = await check(
      [
        WEB(),
        ...['--evidence', evidence, '--output', 'json', '--output', 'github'],
        ...Object.entries(outputs).flatMap(([format, path]) => [
          '--output',
          `${format}=${path}`,
        ]),
      ],
      { environment },
    );

    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const printed = run.report();
    expect(printed.evidence).toEqual([
      {
        file: evidence,
        format: 'trivy',
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        scannedAt: expect.any(String),
        images: [WEB()],
      },
    ]);
    const deploy = `${sandbox.registry.host}/shop/web@${digest}`;
    expect(printed.results).toMatchObject([
      {
        outcome: 'pass',
        deploy,
        vulnerabilities: { status: 'present', counts: { critical: 0 } },
        provenance: { status: 'verified' },
        contextMissing: ['entities'],
      },
    ]);
    expect(
      printed.results[0].findings.map(({ policy: name, ruleId }) => [
        name,
        ruleId,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['built-by-us', 'built-from-own-repository'],
        ['default', 'image-signed'],
        ['default', 'registry-allowed'],
        ['default', 'digest-pinned'],
        ['default', 'scan-fresh'],
        ['default', 'no-fixable-vulnerability'],
        ['everywhere', 'registry-allowed'],
      ]),
    );
    const read = (path: string) => readFile(path, 'utf8');
    expect(await read(outputs.text)).toContain(`deploy      ${deploy}\n`);
    expect(JSON.parse(await read(outputs.sarif)).runs[0].results).toEqual([]);
    expect(
      new XMLParser({ ignoreAttributes: false }).parse(
        await read(outputs.junit),
      ).testsuites['@_tests'],
    ).toBe(String(printed.results[0].findings.length));
    expect(await read(outputs.markdown)).toContain('✅ PASS');
    expect(await read(environment.GITHUB_OUTPUT)).toContain(`\n${digest}\n`);
    expect(await read(environment.GITHUB_STEP_SUMMARY)).toContain('✅ PASS');
  });

  it('resolves a tag once, and fails where the policy wants a digest', async () => {
    const { digest } = built('web').top;
    const evidence = await file(
      trivyReport({ digest, createdAt: hoursAgo(1) }),
    );
    const image = `${sandbox.registry.host}/shop/web:1.4.0`;
    const { run, result, findings } = await judged([
      image,
      '--evidence',
      evidence,
    ]);
    expect(run.exitCode).toBe(1);
    expect(findings['digest-pinned']).toBe('fail(unpinnedReference)');
    expect(result.deploy).toBe(`${sandbox.registry.host}/shop/web@${digest}`);
  });
});

describe('VEX that is handed in', () => {
  async function withVex(document: string, vexMinTrust?: string) {
    const { digest } = built('web').top;
    const rules = [
      {
        use: 'no-fixable-vulnerability',
        with: { severity: 'critical', ...(vexMinTrust && { vexMinTrust }) },
      },
    ];
    const scan = trivyReport({
      digest,
      createdAt: hoursAgo(1),
      findings: [CRITICAL],
    });
    return judged([
      WEB(),
      ...['--policy', await policy(rules)],
      ...['--evidence', await file(scan)],
      ...['--evidence', await file(document)],
    ]);
  }
  const rule = 'no-fixable-vulnerability';

  it('counts only where the rule takes a file', async () => {
    const { digest } = built('web').top;
    const document = openVex({ digest });
    const refused = await withVex(document);
    expect(refused.findings[rule]).toBe('fail(fixableVulnerability)');
    expect(refused.result.vulnerabilities).toMatchObject({
      counts: { critical: 1 },
    });
    const taken = await withVex(document, 'file');
    expect(taken.run.exitCode).toBe(0);
    expect(taken.findings[rule]).toBe('pass');
    expect(taken.result.vulnerabilities).toMatchObject({
      counts: { critical: 0 },
      notAffected: 1,
    });
    expect(taken.run.report().evidence).toMatchObject([
      { format: 'trivy', images: [WEB()] },
      { format: 'openvex', images: [WEB()], issuedAt: expect.any(String) },
    ]);
  });

  it.each([
    ['names another digest', { digest: OTHER_DIGEST }],
    ['names no digest', {}],
  ])('counts for nothing where it %s, and says so', async (_what, about) => {
    const { run, findings } = await withVex(openVex(about), 'file');
    expect(findings[rule]).toBe('fail(fixableVulnerability)');
    expect(run.stderr).toContain('names none of the images by its digest');
  });

  it('names the statements that it ignores', async () => {
    const { digest } = built('web').top;
    const [statement] = JSON.parse(openVex({ digest })).statements;
    const document = openVex({
      statements: [statement, { ...statement, justification: undefined }],
    });
    const { run, findings } = await withVex(document, 'file');
    expect(findings[rule]).toBe('pass');
    expect(run.stderr).toContain('statement 1 is ignored: vexNotJustified');
  });

  it('ends with 2 where nothing of it can be used, before anything is looked at', async () => {
    const statements = [{ vulnerability: 'CVE-2026-1', status: 'fine' }];
    const path = await file(openVex({ statements }));
    const run = await check([WEB(), '--evidence', path]);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(
      `evidence "${path}": vexStatementMalformed: statement 0: `,
    );
  });
});

describe('VEX that is attested to an image', () => {
  const BUSYBOX = {
    ...CRITICAL,
    VulnerabilityID: 'CVE-2023-42366',
    PkgName: 'busybox',
    InstalledVersion: '1.36.1-r5',
    FixedVersion: '1.36.1-r6',
    PkgIdentifier: {
      PURL: 'pkg:apk/alpine/busybox@1.36.1-r5?arch=x86_64&distro=3.20.1',
    },
  };

  async function withFinding(service: string, finding: object) {
    const { top } = built(service);
    const { repository, tag } = sandbox.world
      .workloads(service)
      .flatMap(({ containers }) => containers)[0].definition.image;
    const scan = trivyReport({
      digest: top.digest,
      createdAt: hoursAgo(1),
      findings: [finding],
    });
    const image = `${sandbox.registry.host}/${repository}:${tag}@${top.digest}`;
    return judged([image, '--evidence', await file(scan)]);
  }

  it('sets aside what it is about, under the root of who signed it', async () => {
    const { findings, result } = await withFinding('rate-limiter', BUSYBOX);
    expect(findings['no-fixable-vulnerability']).toBe('pass');
    expect(result.vulnerabilities).toMatchObject({
      counts: { critical: 0 },
      notAffected: 1,
    });
    expect(result.findings).toContainEqual(
      expect.objectContaining({
        ruleId: 'no-fixable-vulnerability',
        message: expect.stringContaining('VEX sets aside CVE-2023-42366.'),
      }),
    );
  });

  it.each<[string, string, object]>([
    ['another image', 'web', BUSYBOX],
    [
      'another version of the package',
      'rate-limiter',
      {
        ...BUSYBOX,
        InstalledVersion: '1.36.1-r50',
        PkgIdentifier: { PURL: 'pkg:apk/alpine/busybox@1.36.1-r50' },
      },
    ],
    ['another vulnerability', 'rate-limiter', CRITICAL],
  ])('says nothing of %s', async (_what, service, finding) => {
    const { findings } = await withFinding(service, finding);
    expect(findings['no-fixable-vulnerability']).toBe(
      'fail(fixableVulnerability)',
    );
  });
});

describe('scans that are handed in', () => {
  const NONE = { 'scan-fresh': 'pass', 'no-fixable-vulnerability': 'pass' };
  const both = (text: string) => ({
    'scan-fresh': text,
    'no-fixable-vulnerability': text,
  });

  async function withScans(image: string, ...reports: string[]) {
    const evidence = await Promise.all(reports.map(file));
    return judged([
      image,
      ...['--policy', await policy(SCANS)],
      ...evidence.flatMap(path => ['--evidence', path]),
    ]);
  }

  it('without one nothing is known', async () => {
    const { run, result, findings } = await withScans(WEB());
    expect(run.exitCode).toBe(3);
    expect(findings).toEqual(both('unknown(notScanned)'));
    expect(result.vulnerabilities).toEqual({
      status: 'absent',
      reason: 'notScanned',
    });
  });

  it('one that is of what is judged decides', async () => {
    const { digest } = built('web').top;
    const clean = trivyReport({ digest, createdAt: hoursAgo(1) });
    const critical = trivyReport({
      digest,
      createdAt: hoursAgo(2),
      findings: [CRITICAL],
    });
    const stale = trivyReport({ digest, createdAt: hoursAgo(49) });
    expect((await withScans(WEB(), clean)).findings).toEqual(NONE);
    expect((await withScans(WEB(), critical)).findings).toEqual({
      ...NONE,
      'no-fixable-vulnerability': 'fail(fixableVulnerability)',
    });
    expect((await withScans(WEB(), stale)).findings).toEqual({
      'scan-fresh': 'fail(scanStale)',
      'no-fixable-vulnerability': 'unknown(scanStale)', // L8
    });
    // Handing in one more never hides what another says.
    expect((await withScans(WEB(), clean, critical)).findings).toMatchObject({
      'no-fixable-vulnerability': 'fail(fixableVulnerability)',
    });
  });

  it.each([
    ['grype', otherReports.grype, 'Grype'],
    ['cyclonedx', otherReports.cyclonedx, 'Trivy'],
  ] as const)('one in the format "%s" decides too', async (...row) => {
    const [format, reportOf, scanner] = row;
    const { digest } = built('web').top;
    const own = reportOf({ digest, createdAt: hoursAgo(1) });
    const { run, result, findings } = await withScans(WEB(), own);
    expect(findings).toEqual({
      ...NONE,
      'no-fixable-vulnerability': 'fail(fixableVulnerability)',
    });
    expect(result.vulnerabilities).toMatchObject({
      status: 'present',
      scanner,
      counts: { critical: 1 },
    });
    expect(run.report().evidence).toMatchObject([{ format }]);

    const createdAt = hoursAgo(1);
    const other = reportOf({ digest: OTHER_DIGEST, createdAt });
    expect((await withScans(WEB(), other)).findings).toEqual(
      both('unknown(scanOtherDigest)'),
    );
    const stale = reportOf({ digest, createdAt: hoursAgo(49) });
    expect((await withScans(WEB(), stale)).findings).toMatchObject({
      'scan-fresh': 'fail(scanStale)',
    });
    // Two scanners say the same of one vulnerability.
    const trivy = trivyReport({ digest, createdAt, findings: [CRITICAL] });
    const together = await withScans(WEB(), own, trivy);
    expect(together.result.vulnerabilities).toMatchObject({
      counts: { critical: 1 },
    });
  });

  it('SARIF is of the time that is said beside it', async () => {
    const sarif = await file(sarifReport(built('web').top.digest));
    const at = async (scannedAt: Date) => {
      const argv = ['--scanned-at', scannedAt.toISOString()];
      const scans = ['--evidence', sarif, '--policy', await policy(SCANS)];
      return judged([WEB(), ...scans, ...argv]);
    };
    const { run, findings } = await at(hoursAgo(1));
    expect(findings['scan-fresh']).toBe('pass');
    expect(run.report().evidence).toMatchObject([{ format: 'sarif' }]);
    expect((await at(hoursAgo(49))).findings['scan-fresh']).toBe(
      'fail(scanStale)',
    );
    const silent = await check([WEB(), '--evidence', sarif]);
    expect(silent.exitCode).toBe(2);
    expect(silent.stderr).toContain('malformedReport: it does not say when');
  });

  it('without a date of publication there is no time left (L21)', async () => {
    const { digest } = built('web').top;
    const { PublishedDate, ...undated } = CRITICAL;
    const recent = new Date(Date.now() - 24 * HOUR_MS).toISOString();
    const createdAt = hoursAgo(1);
    const scans = [{ ...CRITICAL, PublishedDate: recent }, undated].map(
      finding => trivyReport({ digest, createdAt, findings: [finding] }),
    );
    const outcomes = [];
    for (const scan of scans) {
      const { findings } = await withScans(WEB(), scan);
      outcomes.push(findings['no-fixable-vulnerability']);
    }
    expect(outcomes).toEqual([
      'warn(fixableVulnerabilityInLeeway)',
      'fail(fixableVulnerability)',
    ]);
  });

  it('one of something else is never a pass, and is named', async () => {
    const createdAt = hoursAgo(1);
    for (const report of [
      trivyReport({ digest: OTHER_DIGEST, createdAt }),
      trivyReport({
        createdAt,
        // The same reference is a claim that anybody can write.
        change: ({ Metadata }) => {
          Metadata.RepoTags = [`${sandbox.registry.host}/shop/web:1.4.0`];
        },
      }),
    ]) {
      const { run, result, findings } = await withScans(WEB(), report);
      expect(run.exitCode).toBe(3);
      expect(findings).toEqual(both('unknown(scanOtherDigest)'));
      expect(result.vulnerabilities).toMatchObject({
        status: 'otherDigest',
        reason: 'scanOtherDigest',
      });
      expect(result.vulnerabilities).not.toHaveProperty('counts');
      expect(run.stderr).toMatch(/and of none of the images\n$/);
    }
  });

  it('one that is about no packages is no result', async () => {
    const { digest } = built('web').top;
    const secrets = trivyReport({
      digest,
      createdAt: hoursAgo(1),
      change: report => (report.Results = [{ Class: 'secret' }]),
    });
    const { run, findings } = await withScans(WEB(), secrets);
    expect(run.exitCode).toBe(3);
    expect(findings).toEqual(both('unknown(scanWithoutPackages)'));
  });

  it('one of an image that was never pulled is known by its configuration', async () => {
    const { digest } = built('web').top;
    const manifest = await fetch(
      `${sandbox.registryUrl}/v2/shop/web/manifests/${digest}`,
    );
    const { config } = await manifest.json();
    const report = trivyReport({
      imageId: config.digest,
      createdAt: hoursAgo(1),
    });
    expect((await withScans(WEB(), report)).findings).toEqual(NONE);
  });

  it('an index needs one for each of its platforms (L2)', async () => {
    const { top, platforms } = built('cart');
    const image = `${sandbox.registry.host}/shop/cart:2.1.0@${top.digest}`;
    const createdAt = hoursAgo(1);
    const amd64 = trivyReport({ digest: top.digest, createdAt });
    const arm64 = trivyReport({
      digest: platforms.arm64.digest,
      architecture: 'arm64',
      createdAt,
    });
    expect((await withScans(image, amd64)).findings).toEqual(
      both('unknown(platformNotScanned)'),
    );
    expect((await withScans(image, amd64, arm64)).findings).toEqual(NONE);
  });

  it.each<[string, string, string]>([
    [
      'a report that is cut off',
      '{"SchemaVersion": 2, "Resu',
      'malformedReport',
    ],
    ['another version', '{"SchemaVersion": 1}', 'reportFormatUnknown'],
    ['a list of findings', '[]', 'malformedReport'],
    ['another scanner', '{"runs": []}', 'reportFormatUnknown'],
    [
      'a list of components',
      otherReports
        .cyclonedx({ digest: OTHER_DIGEST, createdAt: new Date() })
        .replace('"vulnerabilities"', '"compositions"'),
      'scanWithoutPackages',
    ],
  ])(
    'ends with 2 on %s, before anything is looked at',
    async (_what, text, reason) => {
      const before = sandbox.registry.requests.length;
      const path = await file(text);
      const run = await check([WEB(), '--evidence', path]);
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
      expect(run.stderr).toContain(`evidence "${path}": ${reason}: `);
      expect(sandbox.registry.requests).toHaveLength(before);
    },
  );

  it('ends with 2 on a file that is not there', async () => {
    const run = await check([WEB(), '--evidence', join(directory, 'none')]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('documentFileMissing');
  });
});

describe('what is known of the place', () => {
  const about = (match: object) =>
    policy([{ use: 'digest-pinned' }], { match });

  it.each<[string, object, string[], number, string[]]>([
    [
      'nothing',
      { entities: { lifecycle: ['production'] } },
      [],
      0,
      ['entities'],
    ],
    [
      'only the name of the entity',
      { entities: { lifecycle: ['production'], kind: ['component'] } },
      ['--entity', 'web'],
      0,
      ['entities.lifecycle'],
    ],
    [
      'an entity of another kind',
      { entities: { lifecycle: ['production'], kind: ['resource'] } },
      ['--entity', 'web'],
      3,
      [],
    ],
    [
      'another cluster',
      { clusters: ['prod-*'] },
      ['--cluster', 'test', '--namespace', 'shop'],
      3,
      [],
    ],
    [
      'the cluster',
      { clusters: ['prod-*'], namespaces: ['shop'] },
      ['--cluster', 'prod-eu', '--namespace', 'shop'],
      0,
      [],
    ],
  ])('%s', async (_what, match, argv, exitCode, contextMissing) => {
    const { run, result } = await judged([
      WEB(),
      ...['--policy', await about(match)],
      ...argv,
    ]);
    expect(run.exitCode).toBe(exitCode);
    expect(result.contextMissing).toEqual(contextMissing);
  });

  it.each([
    ['experimental', 3],
    ['production', 0],
  ])('the descriptor of an entity that is %s', async (lifecycle, exitCode) => {
    const descriptor = await file(
      `kind: Component\nmetadata: { name: web }\nspec: { lifecycle: ${lifecycle} }\n---\nkind: API\nmetadata: { name: web }\n---\n`,
    );
    const { run, result } = await judged([
      WEB(),
      ...['--policy', await about({ entities: { lifecycle: ['production'] } })],
      ...['--entity-file', descriptor, '--entity', 'component:default/web'],
    ]);
    expect(run.exitCode).toBe(exitCode);
    expect(result.contextMissing).toEqual([]);
  });
});

describe('ends with 2', () => {
  it.each([
    [['--cluster', 'prod-eu'], 'together'],
    [['--entity', 'a/b/c'], 'expected --entity as a reference'],
    [['--output', 'text', '--output', 'json'], 'several for stdout'],
    [['--entity-file', '/dev/null/catalog-info.yaml'], 'cannot be read'],
  ])('on %j', async (argv, message) => {
    const run = await check([WEB(), ...argv]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  it('on an output that cannot be written', async () => {
    const nowhere = join(directory, 'none', 'out.json');
    const run = await check([
      WEB(),
      ...['--policy', await policy([{ use: 'digest-pinned' }])],
      ...['--output', 'text', '--output', `json=${nowhere}`],
    ]);
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toContain('PASS');
    expect(run.stderr).toContain(`"${nowhere}" cannot be written`);
  });

  it.each([
    ['kind: [', 'cannot be read'],
    [
      'kind: Component\nmetadata: { name: other }',
      'got component:default/other',
    ],
    ['a: &a [b]\nc: *a\n', 'cannot be read'],
  ])('on the descriptor %j', async (text, message) => {
    const run = await check([
      WEB(),
      ...['--entity', 'web', '--entity-file', await file(text)],
    ]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});
