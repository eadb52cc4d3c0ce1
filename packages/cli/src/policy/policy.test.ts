import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runForTest } from '../__testUtils__/runForTest';

// Each run that judges starts a worker thread, which compiles its sources first.
jest.setTimeout(60_000);

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'policy-'));
});

afterEach(() => rm(directory, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

const POLICY = `apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: default }
spec:
  match: { images: ["registry.acme.example/**"] }
  rules:
    - use: digest-pinned
    - use: registry-allowed
      with: { allow: ["registry.acme.example/shop/*"] }
`;

const DIGEST = `sha256:${'a'.repeat(64)}`;
const WEB = `registry.acme.example/shop/web:1.0.0@${DIGEST}`;
const PROXY = 'registry.acme.example/edge/proxy:1.0.0';
const ELSEWHERE = 'docker.io/library/nginx:1.27';

const policy = (...argv: string[]) =>
  runForTest(['policy', ...argv], {
    now: () => new Date('2026-12-03T12:00:00Z'),
  });

const factsFile = (...images: string[]) =>
  file(
    'facts.jsonl',
    images.map(image => JSON.stringify({ image })).join('\n'),
  );

describe('policy', () => {
  it('shows its help, and that of each command', async () => {
    expect((await policy('--help')).stdout).toContain('lint FILE…');
    for (const command of ['lint', 'test', 'explain', 'diff']) {
      const run = await policy(command, '--help');
      expect(run).toMatchObject({ exitCode: 0, stderr: '' });
      expect(run.stdout).toContain(`supply-chain policy ${command}`);
    }
  });

  it.each([
    [[]],
    [['lnit']],
    [['toString']],
    [['lint']],
    [['lint', 'p.yaml', '--output', 'xml']],
    [['test']],
    [['explain']],
    [['explain', 'p.yaml']],
    [['explain', 'p.yaml', '--image', 'a', '--facts', 'f']],
    [['explain', 'p.yaml', 'q.yaml', '--image', 'a']],
    [['diff', 'p.yaml', 'q.yaml']],
    [['diff', 'p.yaml', '--facts', 'f']],
  ])('ends with 2 on %j', async argv => {
    const run = await policy(...argv);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('supply-chain: expected');
  });
});

describe('policy lint', () => {
  it('counts what loads', async () => {
    const run = await policy('lint', await file('p.yaml', POLICY));
    expect(run).toMatchObject({
      exitCode: 0,
      stdout: 'ok: policies 1, trust roots 0, waivers 0\n',
    });
  });

  it('says everything that is wrong in all files, with line and column', async () => {
    const one = await file(
      'one.yaml',
      POLICY.replace('digest-pinned', 'digest-pined').replace(
        'allow:',
        'alow:',
      ),
    );
    const other = await file('other.yaml', `${POLICY}  mood: audit\n`);
    const run = await policy('lint', one, other, join(directory, 'none.yaml'));
    expect(run.exitCode).toBe(2);
    const lines = run.stdout.split('\n');
    expect(lines).toEqual([
      expect.stringContaining('none.yaml: documentUnreachable: '),
      expect.stringMatching(/one\.yaml:7:12: ruleUnknown: .*digest-pinned/),
      expect.stringMatching(/one\.yaml:9:13: documentValueInvalid: /),
      expect.stringMatching(/one\.yaml:9:15: documentKeyUnknown: /),
      expect.stringMatching(/other\.yaml:10:3: documentKeyUnknown: /),
      '',
    ]);
    const json = JSON.parse(
      (await policy('lint', one, '--output', 'json')).stdout,
    );
    expect(json).toMatchObject({
      schemaVersion: 1,
      ok: false,
      problems: [
        { code: 'ruleUnknown', line: 7, column: 12, path: 'spec.rules[0].use' },
        { code: 'documentValueInvalid', line: 9 },
        { code: 'documentKeyUnknown', line: 9 },
      ],
      warnings: [],
    });
  });

  it('says what two files make wrong together', async () => {
    const run = await policy(
      'lint',
      await file('one.yaml', POLICY),
      await file('other.yaml', POLICY),
    );
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toContain('documentNameDuplicate');
  });

  it('says what loads and is most likely not meant', async () => {
    const run = await policy(
      'lint',
      await file(
        'p.yaml',
        `${POLICY}    - use: image-signed
    - use: built-from-own-repository
---
apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: spare }
spec:
  contentTrust: { server: "https://notary.acme.example", pins: { "registry.acme.example/shop/*": { rootKeyIds: ["${'5c'.repeat(
    32,
  )}"] } } }
---
apiVersion: supply-chain/v1
kind: Waiver
metadata: { name: sec-412 }
spec:
  rule: digest-pinned
  reasons: [unpinnedReference]
  scope: { repository: registry.acme.example/edge/proxy }
  reason: Until the rebuild
  requestedBy: user:default/developer
  approvedBy: user:default/platform
  expires: 2026-12-03T12:00:00Z
`,
      ),
    );
    expect(run.exitCode).toBe(0);
    expect(run.stdout.match(/warning: \w+/g)).toEqual([
      'warning: trustRootUnused',
      'warning: noTrustRootConfigured',
      'warning: sourceRepositoriesMissing',
      'warning: waiverEnded',
    ]);
  });
});

describe('policy test', () => {
  const cases = (text: string) =>
    file(
      'cases.yaml',
      `apiVersion: supply-chain/v1\nkind: PolicyTest\npolicies: [./p.yaml]\ncases:\n${text}`,
    );

  beforeEach(() => file('p.yaml', POLICY));

  it('passes when every case is as expected', async () => {
    await file('one.jsonl', `${JSON.stringify({ image: WEB })}\n`);
    const run = await policy(
      'test',
      await cases(`
  - name: what we deploy
    factsFile: one.jsonl
    expect: { outcome: pass }
  - name: a tag
    facts: { image: "${PROXY}" }
    now: 2026-01-01T00:00:00Z
    expect:
      outcome: fail
      rules:
        digest-pinned: fail(unpinnedReference)
        default/registry-allowed: fail
  - name: what is covered by nothing
    facts: { image: "${ELSEWHERE}" }
    expect: { outcome: notApplicable(noPolicyMatches) }
`),
    );
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toBe(
      'ok    what we deploy\nok    a tag\nok    what is covered by nothing\n\n3 cases: 0 not as expected\n',
    );
  });

  it('ends with 1 and says what differs', async () => {
    const path = await cases(`
  - name: a tag
    facts: { image: "${PROXY}" }
    expect:
      outcome: pass
      rules: { digest-pinned: fail(movingTag), scan-fresh: pass, registry-allowed: fail }
`);
    const run = await policy('test', path);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toBe(`FAIL  a tag
        outcome: expected pass, got fail(unpinnedReference)
        digest-pinned: expected fail(movingTag), got fail(unpinnedReference)
        scan-fresh: expected pass, got not evaluated

1 cases: 1 not as expected
`);
    const json = await policy('test', path, '--output', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      cases: [{ name: 'a tag', mismatches: [{ what: 'outcome' }, {}, {}] }],
    });
  });

  it.each([
    [
      'no facts',
      '- { name: a, expect: { outcome: pass } }',
      'either "facts" or "factsFile"',
    ],
    [
      'facts that are none',
      '- { name: a, facts: {}, expect: { outcome: pass } }',
      'image: ',
    ],
    [
      'evidence of another kind',
      `- { name: a, facts: { image: "${WEB}", scans: [{ kind: origin }] }, expect: { outcome: pass } }`,
      'scans.0.kind',
    ],
    [
      'an outcome that is none',
      `- { name: a, facts: { image: "${WEB}" }, expect: { outcome: green } }`,
      'expected an outcome',
    ],
    [
      'nothing expected',
      `- { name: a, facts: { image: "${WEB}" }, expect: {} }`,
      'expected "outcome" or "rules"',
    ],
    [
      'a time that is none',
      `- { name: a, now: soon, facts: { image: "${WEB}" }, expect: { outcome: pass } }`,
      'RFC 3339',
    ],
    [
      'an unknown key',
      `- { name: a, fact: {}, expect: { outcome: pass } }`,
      'fact',
    ],
    [
      'a file that is not there',
      '- { name: a, factsFile: none.jsonl, expect: { outcome: pass } }',
      'cannot be read',
    ],
    ['broken YAML', '- [', 'cases.yaml: '],
    ['an alias', '- &a { name: b }\n  - *a', 'cases.yaml: '],
  ])('ends with 2 on %s', async (_what, text, message) => {
    const run = await policy('test', await cases(`  ${text}\n`));
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  it('ends with 2 on a policy that does not load', async () => {
    await file('p.yaml', POLICY.replace('digest-pinned', 'digest-pined'));
    const run = await policy(
      'test',
      await cases(
        `  - { name: a, facts: { image: "${WEB}" }, expect: { outcome: pass } }`,
      ),
    );
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('p.yaml:7:12: ruleUnknown');
  });
});

describe('policy explain', () => {
  it('says which policies cover an image, and what each rule rests on', async () => {
    const other = POLICY.replace('default', 'vendor').replace(
      'registry.acme.example/**',
      'vendor.example/**',
    );
    const path = await file('p.yaml', `${POLICY}---\n${other}`);
    const run = await policy(
      'explain',
      path,
      '--facts',
      await factsFile(PROXY),
    );
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain(`FAIL  ${PROXY} (unpinnedReference)\n`);
    expect(run.stdout).toContain('  policy default: covers it\n');
    expect(run.stdout).toMatch(
      / {4}fail {8}registry-allowed \(repositoryNotAllowed\): .*\n {18}\w+ = /,
    );
    expect(run.stdout).toContain(
      '  policy vendor: does not cover it\n    images: it is about vendor.example/**; here it is registry.acme.example/edge/proxy\n',
    );
  });

  it('gives all of it as JSON', async () => {
    const run = await policy(
      'explain',
      await file('p.yaml', POLICY),
      ...['--facts', await factsFile(WEB), '--output', 'json'],
    );
    expect(JSON.parse(run.stdout)).toMatchObject({
      schemaVersion: 1,
      images: [
        {
          image: WEB,
          facts: { image: { digest: DIGEST } },
          coverage: [{ matches: true, keptOutBy: [] }],
          evaluation: { outcome: 'pass', verdicts: [{ findings: [{}, {}] }] },
        },
      ],
    });
  });
});

describe('policy diff', () => {
  it('says what would change, and that nothing gets worse', async () => {
    const older = await file('old.yaml', POLICY);
    const newer = await file(
      'new.yaml',
      POLICY.replace(
        'registry.acme.example/shop/*',
        'registry.acme.example/**',
      ),
    );
    const facts = await factsFile(WEB, PROXY, ELSEWHERE);
    const better = await policy('diff', older, newer, '--facts', facts);
    expect(better).toMatchObject({ exitCode: 0, stderr: '' });
    expect(better.stdout).toBe(
      `${PROXY}: fail(unpinnedReference) → fail(unpinnedReference)
  default/registry-allowed: fail(repositoryNotAllowed) → pass
3 images: 1 change, 0 get worse
`,
    );
  });

  it('ends with 1 when an image gets worse', async () => {
    const older = await file('old.yaml', POLICY);
    const newer = await file(
      'new.yaml',
      POLICY.replace(
        'registry.acme.example/shop/*',
        'registry.acme.example/edge/*',
      ),
    );
    const facts = await factsFile(WEB);
    const run = await policy(
      'diff',
      ...[older, newer, '--facts', facts, '--output', 'json'],
    );
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.stdout)).toEqual({
      schemaVersion: 1,
      images: 1,
      worse: 1,
      changes: [
        {
          image: WEB,
          before: { outcome: 'pass' },
          after: { outcome: 'fail', reason: 'repositoryNotAllowed' },
          rules: [
            {
              rule: 'default/registry-allowed',
              before: { outcome: 'pass' },
              after: { outcome: 'fail', reason: 'repositoryNotAllowed' },
            },
          ],
        },
      ],
    });
  });

  describe('with a portal', () => {
    let answers: ((path: string) => { status?: number; body: string })[];
    let asked: { path?: string; authorization?: string }[];
    let server: Server;
    let files: string[];

    beforeEach(async () => {
      asked = [];
      server = createServer(({ url: path, headers }, response) => {
        asked.push({ path, authorization: headers.authorization });
        const { status = 200, body } = answers.shift()!(path!);
        response.writeHead(status).end(body);
      });
      await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
      files = [
        await file('old.yaml', POLICY),
        await file('new.yaml', POLICY.replace('shop/*', 'edge/*')),
      ];
    });

    afterEach(() => server.close());

    const page = (images: string[], next?: string) => () => ({
      body: JSON.stringify({ items: images.map(image => ({ image })), next }),
    });

    const diff = () =>
      runForTest(
        [
          ...['policy', 'diff', ...files, '--portal'],
          `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        ],
        { environment: { SUPPLY_CHAIN_TOKEN: 'secret' } },
      );

    it('reads every page, and counts them together', async () => {
      answers = [page([WEB], 'a b'), page([PROXY], 'c'), page([])];
      const run = await diff();
      expect(run).toMatchObject({ exitCode: 1, stderr: '' });
      expect(run.stdout).toContain(`${WEB}: pass → fail(repositoryNotAllowed)`);
      expect(run.stdout).toContain('2 images: 2 change, 1 get worse');
      expect(asked).toEqual(
        ['', '&after=a+b', '&after=c'].map(after => ({
          path: `/api/supply-chain/facts?limit=100${after}`,
          authorization: 'Bearer secret',
        })),
      );
    });

    it('says nothing of a part when another part is missing', async () => {
      answers = [page([WEB], 'a'), () => ({ status: 503, body: '' })];
      const run = await diff();
      expect(run).toMatchObject({ exitCode: 3, stdout: '' });
      expect(run.stderr).toContain('the portal does not give its facts: ');
    });

    it('ends with 2 when it is refused', async () => {
      answers = [
        () => ({
          status: 403,
          body: '{"error":{"message":"Missing permission"}}',
        }),
      ];
      const run = await diff();
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
      expect(run.stderr).toContain('it answered 403: Missing permission');
    });

    it.each([
      '[]',
      'null',
      '{"items":{}}',
      '{"items":[],"next":1}',
      '{"items":[{"images":"a"}]}',
    ])('cannot tell when it is answered with %s', async body => {
      answers = [() => ({ body })];
      const run = await diff();
      expect(run).toMatchObject({ exitCode: 3, stdout: '' });
      expect(run.stderr).toContain('something else than facts: ');
    });
  });

  it.each([
    [[], 'expected either --facts FILE or --portal URL'],
    [['--facts', 'f', '--portal', 'https://a.example'], 'expected either'],
    [['--portal', 'https://a.example'], 'SUPPLY_CHAIN_TOKEN, got none'],
    [['--portal', 'http://a.example'], 'expected --portal as an https'],
  ])('refuses %j', async (argv, message) => {
    const path = await file('p.yaml', POLICY);
    const run = await policy('diff', path, path, ...argv);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  it.each([
    ['what is no JSON', '{', 'facts.jsonl:1: '],
    [
      'facts that are none',
      '{"image": "a"}\n{"images": "a"}',
      'facts.jsonl:2: image',
    ],
  ])('ends with 2 on %s', async (_what, text, message) => {
    const older = await file('old.yaml', POLICY);
    const facts = await file('facts.jsonl', text);
    const run = await policy('diff', older, older, '--facts', facts);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});
