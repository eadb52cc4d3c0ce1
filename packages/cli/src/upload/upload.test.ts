import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOSTILE_STRINGS } from '../__testUtils__/hostileStrings';
import { openVex } from '../__testUtils__/openVex';
import { runForTest } from '../__testUtils__/runForTest';
import { sarifReport } from '../__testUtils__/sarifReport';
import { trivyReport } from '../__testUtils__/trivyReport';

const DIGEST = `sha256:${'1'.repeat(64)}`;
const IMAGE = `registry.acme.example/shop/web@${DIGEST}`;

let server: Server;
let url: string;
let directory: string;
let file: string;
let report: string;
let asked: { method?: string; url?: string; token?: string; body: string }[];
type Answer = {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
};
let answer: Answer;
/** Given before `answer`, each once. */
let answersBefore: Answer[];

const receipt = (change: object = {}) => ({
  status: 'created',
  trust: 'oidcUpload',
  madeAt: '2026-11-20T06:00:00.000Z',
  ...change,
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'upload-'));
  file = join(directory, 'trivy.json');
  report = trivyReport({ digest: DIGEST, createdAt: new Date() });
  await writeFile(file, report);
  server = createServer(async (request, response) => {
    const { method, headers } = request;
    const body = await textOf(request);
    asked.push({
      method,
      url: request.url,
      token: headers.authorization,
      body,
    });
    const {
      status,
      headers: sent,
      body: said,
    } = answersBefore.shift() ?? answer;
    response.writeHead(status, sent);
    response.end(JSON.stringify(said));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

beforeEach(() => {
  asked = [];
  answersBefore = [];
  answer = { status: 200, body: receipt() };
});

const upload = (
  argv: string[] = [],
  given: { files?: string[]; image?: string; portal?: string } = {},
) =>
  runForTest(
    [
      'upload',
      ...(given.files ?? [file]),
      ...['--portal', given.portal ?? url, '--entity', 'web'],
      ...['--image', given.image ?? IMAGE],
      ...argv,
    ],
    { environment: { SUPPLY_CHAIN_TOKEN: 'secret' } },
  );

describe('upload', () => {
  it('hands in the bytes with the token, and says what it is by itself', async () => {
    const run = await upload(['--output', 'json']);
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    const [{ body, method, token, ...request }] = asked;
    expect([method, token, body]).toEqual(['PUT', 'Bearer secret', report]);
    const sent = new URL(request.url!, url);
    expect(sent.pathname).toBe('/api/supply-chain/evidence/vulnerabilities');
    expect(Object.fromEntries(sent.searchParams)).toEqual({
      entity: 'component:default/web',
      repository: 'registry.acme.example/shop/web',
      digest: DIGEST,
      format: 'trivy',
    });
    expect(JSON.parse(run.stdout)).toEqual({
      schemaVersion: 1,
      uploads: [{ file, format: 'trivy', ...receipt() }],
    });
  });

  it('hands in VEX as what it is, and says which statements are ignored', async () => {
    const vex = join(directory, 'vex.json');
    await writeFile(vex, openVex({ digest: DIGEST }));
    const ignored = [
      { index: 1, reason: 'vexNotJustified', message: '\u001b[31mwhy' },
    ];
    answer.body = receipt({ ignored: [...ignored, null, { index: 'x' }] });
    const run = await upload(['--format', 'openvex'], { files: [vex] });
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    const sent = new URL(asked[0].url!, url);
    expect([sent.pathname, sent.searchParams.get('format')]).toEqual([
      '/api/supply-chain/evidence/vex',
      'openvex',
    ]);
    expect(run.stdout).toContain(
      'statement 1 is ignored: vexNotJustified: \\u{1b}[31mwhy',
    );
    expect(run.stdout.match(/is ignored/g)).toHaveLength(1);
    const json = await upload(['--output', 'json'], { files: [vex] });
    expect(JSON.parse(json.stdout).uploads).toMatchObject([{ ignored }]);
  });

  it('hands in SARIF with the time of its scan, and nothing else with it', async () => {
    const sarif = join(directory, 'web.sarif');
    await writeFile(sarif, sarifReport(DIGEST));
    const argv = ['--scanned-at', '2026-11-20T07:00:00+01:00'];
    await upload(argv, { files: [sarif, file] });
    const sent = asked.map(request => new URL(request.url!, url).searchParams);
    expect(
      sent.map(each => [each.get('format'), each.get('scannedAt')]),
    ).toEqual([
      ['sarif', '2026-11-20T06:00:00.000Z'],
      ['trivy', null],
    ]);
    const without = await upload([], { files: [sarif] });
    expect(without.exitCode).toBe(2);
    expect(without.stderr).toContain('malformedReport');
  });

  it.each([
    ['created', 'handed in'],
    ['replaced', 'in place of an older one'],
    ['unchanged', 'already there'],
    ['kept', 'there is a newer one'],
  ])('ends well when the portal says %s', async (status, text) => {
    answer.body = receipt({ status });
    const run = await upload(['--format', 'trivy']);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain(text);
  });

  it.each<[string, string[], Parameters<typeof upload>[1], string]>([
    ['no file', [], { files: [] }, 'expected a file'],
    [
      'a tag',
      [],
      { image: 'registry.acme.example/shop/web:1' },
      'REPOSITORY@DIGEST',
    ],
    [
      'an address without TLS',
      [],
      { portal: 'http://portal.acme.example' },
      'https',
    ],
    [
      'another format',
      ['--format', 'grype'],
      {},
      'expected the format "grype", got "trivy"',
    ],
    ['an unknown output', ['--output', 'xml'], {}, 'text or json'],
    ['an unknown time', ['--scanned-at', 'now'], {}, '--scanned-at as'],
    [
      'a file that is not there',
      [],
      { files: ['none.json'] },
      'documentFileMissing',
    ],
    [
      'a file that is no report',
      [],
      { files: [__filename] },
      'malformedReport',
    ],
  ])(
    'sends nothing and ends with 2 for %s',
    async (_what, argv, given, message) => {
      const run = await upload(argv, given);
      expect([run.exitCode, run.stdout, asked]).toEqual([2, '', []]);
      expect(run.stderr).toContain(message);
    },
  );

  it('sends nothing when one of several files cannot be used', async () => {
    const run = await upload([], { files: [file, 'none.json'] });
    expect([run.exitCode, asked]).toEqual([2, []]);
  });

  it.each([
    [403, 2, 'does not take'],
    [413, 2, 'does not take'],
    [429, 3, 'not reached'],
    [503, 3, 'not reached'],
  ])(
    'when the portal answers %s, it ends with %s',
    async (status, exitCode, text) => {
      answer = { status, body: { error: { message: 'why it does not' } } };
      const run = await upload(['--timeout', '2']);
      expect([run.exitCode, run.stdout, asked.length]).toEqual([
        exitCode,
        '',
        1,
      ]);
      expect(run.stderr).toContain(text);
      expect(run.stderr).toContain('why it does not');
    },
  );

  it.each([429, 503])(
    'hands in again after as long as the portal asks for with %s',
    async status => {
      const body = { error: { message: 'later' } };
      const headers = { 'Retry-After': '0' };
      answersBefore = [
        { status, headers, body },
        { status, headers, body },
      ];
      const run = await upload();
      expect([run.exitCode, run.stderr]).toEqual([0, '']);
      expect(asked.map(each => each.body)).toEqual([report, report, report]);
    },
  );

  it('does not wait longer than it has time', async () => {
    const headers = { 'Retry-After': '600' };
    answer = { status: 429, headers, body: {} };
    const run = await upload();
    expect([run.exitCode, asked.length]).toEqual([3, 1]);
  });

  it.each([[{}], ['x'], [null], [receipt({ status: 'lost' })]])(
    'takes no answer for one that is none: %j',
    async body => {
      answer.body = body;
      expect((await upload()).exitCode).toBe(3);
    },
  );

  it('ends with 3 when nobody answers', async () => {
    const run = await upload([], { portal: 'http://127.0.0.1:9' });
    expect(run.exitCode).toBe(3);
  });

  it('escapes what the portal says (L32)', async () => {
    for (const text of HOSTILE_STRINGS) {
      answer.body = receipt({ trust: text });
      const { stdout } = await upload();
      expect(stdout.split('\n')).toHaveLength(2);
      // eslint-disable-next-line no-control-regex
      expect(stdout.trimEnd()).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/);
    }
  });

  it('shows its help', async () => {
    const run = await runForTest(['upload', '--help']);
    expect([run.exitCode, run.stdout]).toEqual([
      0,
      expect.stringContaining('Usage: supply-chain upload'),
    ]);
  });
});
