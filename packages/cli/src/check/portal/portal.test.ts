import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Outcome, ReasonCode } from 'backstage-plugin-supply-chain-common';
import {
  exampleFinding,
  exampleReport,
  exampleResult,
  hostileReport,
} from '../../__testUtils__/exampleReport';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { runForTest } from '../../__testUtils__/runForTest';
import { PortalClient } from '../../portal';
import { VerifyReport } from '../../report';
import { checkByPortal } from './checkByPortal';

const WEB = 'registry.acme.example/shop/web:1.4.0';

type Asked = {
  method?: string;
  url?: string;
  authorization?: string;
  body: unknown;
};
type Answer = {
  status?: number;
  headers?: Record<string, string>;
  body: string;
};

let server: Server;
let url: string;
let asked: Asked[];
let answers: (asked: Asked) => Answer;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return JSON.parse(text || 'null');
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { method, headers } = request;
    const { authorization } = headers;
    const body = await bodyOf(request);
    const each = { method, url: request.url, authorization, body };
    asked.push(each);
    const answer = answers(each);
    response.writeHead(answer.status ?? 200, answer.headers);
    response.end(answer.body);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

beforeEach(() => {
  asked = [];
});

const json = (value: unknown): Answer => ({ body: JSON.stringify(value) });

const reportOf = (outcome: Outcome, reason?: ReasonCode): VerifyReport =>
  exampleReport([
    exampleResult({
      outcome,
      reason,
      findings: [exampleFinding({ outcome, reason, message: 'Said.' })],
    }),
  ]);

const check = (
  argv: string[],
  environment: Record<string, string> = { SUPPLY_CHAIN_TOKEN: 'secret' },
) => runForTest(['check', WEB, '--portal', url, ...argv], { environment });

const ENTITY = ['--entity', 'web'];

describe('check --portal', () => {
  it('asks about the entity with the token, and prints what the portal says', async () => {
    answers = () => json(reportOf('pass'));
    const run = await check([
      ...ENTITY,
      ...['--cluster', 'prod-eu', '--namespace', 'shop'],
      ...['--policy-name', 'default', '--output', 'json'],
    ]);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.report()).toEqual(reportOf('pass'));
    expect(asked).toEqual([
      {
        method: 'POST',
        url: '/api/supply-chain/check',
        authorization: 'Bearer secret',
        body: {
          image: WEB,
          entityRef: 'component:default/web',
          policy: 'default',
          cluster: 'prod-eu',
          namespace: 'shop',
        },
      },
    ]);
  });

  it.each<[Outcome, ReasonCode | undefined, number]>([
    ['pass', undefined, 0],
    ['warn', 'scanStale', 0],
    ['fail', 'scanStale', 1],
    ['unknown', 'registryUnavailable', 3],
    ['unknown', 'notScanned', 3],
    ['notApplicable', 'noPolicyMatches', 3],
  ])('ends on %s(%s) with %i', async (outcome, reason, exitCode) => {
    answers = () => json(reportOf(outcome, reason));
    const run = await check(ENTITY);
    expect(run.exitCode).toBe(exitCode);
    expect(run.stdout).toContain(
      'image-signed (policy default, critical): Said.',
    );
  });

  it('keeps the token from wherever a redirect leads to', async () => {
    answers = ({ url: path }) =>
      path?.startsWith('/api')
        ? { status: 307, headers: { Location: `${url}/elsewhere` }, body: '' }
        : json(reportOf('pass'));
    const run = await check(ENTITY);
    expect(run).toMatchObject({ exitCode: 3, stdout: '' });
    expect(asked).toHaveLength(1);
  });

  it.each([400, 401, 403, 404])(
    'ends with 2 on %i, with its reason',
    async status => {
      answers = () => ({
        status,
        body: JSON.stringify({ error: { message: 'because \u001b[2J' } }),
      });
      const run = await check(ENTITY);
      expect(run).toMatchObject({ exitCode: 2, stdout: '' });
      expect(run.stderr).toContain(`it answered ${status}: because \\u{1b}[2J`);
      expect(run.stderr).not.toContain('secret');
    },
  );

  it.each<[string, () => Answer]>([
    ['an error', () => ({ status: 500, body: 'oops' })],
    ['too many requests', () => ({ status: 429, body: '' })],
    ['something else', () => ({ body: '<html>' })],
    ['another form', () => json({ schemaVersion: 2 })],
    ['no result', () => json(exampleReport([]))],
    [
      'another image',
      () => json(exampleReport([exampleResult({ image: 'a' })])),
    ],
    ['an outcome that is none', () => json(reportOf('green' as Outcome))],
    ['more than is read', () => ({ body: ' '.repeat(17 * 1024 * 1024) })],
  ])('cannot tell when it is answered with %s', async (_what, answer) => {
    answers = answer;
    const run = await check(ENTITY);
    expect(run).toMatchObject({ exitCode: 3, stdout: '' });
    expect(run.stderr).toContain(`the portal was not reached for "${WEB}": `);
  });

  it('cannot tell when nobody answers', async () => {
    const run = await runForTest(
      ['check', WEB, '--portal', 'http://127.0.0.1:1', ...ENTITY],
      { environment: { SUPPLY_CHAIN_TOKEN: 'secret' } },
    );
    expect(run).toMatchObject({ exitCode: 3, stdout: '' });
  });

  it('has no words for a reason of a newer portal, and no trouble with it', async () => {
    answers = () => json(reportOf('fail', 'invented' as ReasonCode));
    const run = await check(ENTITY);
    expect(run.exitCode).toBe(1);
  });

  it.each(HOSTILE_STRINGS)(
    'prints %j of a portal as harmlessly as of a registry',
    async text => {
      answers = () => {
        const report = hostileReport(text);
        report.results[0].image = WEB;
        return json(report);
      };
      const run = await check([
        ...ENTITY,
        '--output',
        'text',
        '--output',
        'github',
      ]);
      expect(run.exitCode).toBe(1);
      expect(run.stdout.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(run.stdout).not.toMatch(/##|^\s*::/m);
      expect(run.stderr).toMatch(
        /^(?:::(?:error|warning|notice) title=.*\n)+$/,
      );
    },
  );

  it.each<[string[], Record<string, string>, string]>([
    [[], { SUPPLY_CHAIN_TOKEN: 'x' }, 'expected --entity REF'],
    [
      ['--entity', 'a/b/c'],
      { SUPPLY_CHAIN_TOKEN: 'x' },
      'expected --entity REF',
    ],
    [ENTITY, {}, 'variable SUPPLY_CHAIN_TOKEN, got none'],
    [
      [...ENTITY, '--token-env', 'OTHER'],
      { SUPPLY_CHAIN_TOKEN: 'x' },
      'variable OTHER, got none',
    ],
    [ENTITY, { SUPPLY_CHAIN_TOKEN: 'a\nb' }, 'with spaces or line breaks'],
    [
      [...ENTITY, '--wait', 'soon'],
      { SUPPLY_CHAIN_TOKEN: 'x' },
      'expected --wait',
    ],
    [
      [...ENTITY, '--policy', 'p.yaml'],
      { SUPPLY_CHAIN_TOKEN: 'x' },
      'expected no --policy with --portal',
    ],
    [
      [...ENTITY, '--evidence', 'e.json'],
      { SUPPLY_CHAIN_TOKEN: 'x' },
      'expected no --evidence with --portal',
    ],
    [
      [...ENTITY, '--now', '2026-12-03T12:00:00Z'],
      { SUPPLY_CHAIN_TOKEN: 'x' },
      'expected no --now with --portal',
    ],
    [[...ENTITY, '--cluster', 'a'], { SUPPLY_CHAIN_TOKEN: 'x' }, 'together'],
  ])('refuses %j with %j', async (argv, environment, message) => {
    const run = await check(argv, environment);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(asked).toEqual([]);
  });

  it.each([
    'http://backstage.acme.example',
    'https://user:secret@backstage.acme.example',
    'backstage.acme.example',
  ])('refuses the portal %s', async portal => {
    const run = await runForTest(
      ['check', WEB, '--portal', portal, ...ENTITY],
      {
        environment: { SUPPLY_CHAIN_TOKEN: 'x' },
      },
    );
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('expected --portal as an https address');
  });

  it('refuses what belongs to a portal without one', async () => {
    const run = await runForTest([
      'check',
      WEB,
      '--policy',
      'p',
      '--wait',
      '5',
    ]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('expected --wait with --portal only');
  });
});

describe('waiting', () => {
  const errors: string[] = [];
  const silent = () => undefined;
  const wait = (waitMs: number) =>
    checkByPortal(
      { images: [WEB], about: {}, waitMs, timeoutMs: 10_000 },
      PortalClient.create({ portal: url, token: 'x' }),
      {
        pauseMs: 20,
        notes: {
          debug: silent,
          info: silent,
          warn: silent,
          error: message => errors.push(message),
        },
      },
    );

  it('asks again until everything is there', async () => {
    const said: VerifyReport[] = [
      reportOf('unknown', 'notCollectedYet'),
      reportOf('unknown', 'notScanned'),
      reportOf('pass'),
    ];
    answers = () => json(said.shift());
    expect(await wait(5_000)).toMatchObject({ exitCode: 0 });
    expect(asked).toHaveLength(3);
  });

  it('asks again no sooner than the portal says', async () => {
    answers = () =>
      asked.length < 2
        ? { status: 429, headers: { 'Retry-After': '1' }, body: '' }
        : json(reportOf('pass'));
    const start = performance.now();
    expect(await wait(5_000)).toMatchObject({ exitCode: 0 });
    expect(performance.now() - start).toBeGreaterThan(950);
  });

  it('asks again while the portal is away', async () => {
    answers = () =>
      asked.length < 3 ? { status: 503, body: '' } : json(reportOf('pass'));
    expect(await wait(5_000)).toMatchObject({ exitCode: 0 });
  });

  it('ends with 4 when the time is over and only that is missing', async () => {
    answers = () => json(reportOf('unknown', 'notScanned'));
    expect(await wait(100)).toMatchObject({
      exitCode: 4,
      report: { results: [{ outcome: 'unknown' }] },
    });
    expect(asked.length).toBeGreaterThan(1);
  });

  it('ends with 3 when something else is not known either', async () => {
    const report = reportOf('unknown', 'notScanned');
    report.results[0].findings.push(
      exampleFinding({ outcome: 'unknown', reason: 'registryUnavailable' }),
    );
    answers = () => json(report);
    expect(await wait(50)).toMatchObject({ exitCode: 3 });
  });

  it.each<[Outcome, ReasonCode, number]>([
    ['fail', 'noSignature', 1],
    ['unknown', 'registryUnavailable', 3],
  ])(
    'does not wait for what waiting cannot change: %s(%s)',
    async (outcome, reason, exitCode) => {
      answers = () => json(reportOf(outcome, reason));
      expect(await wait(60_000)).toMatchObject({ exitCode });
      expect(asked).toHaveLength(1);
    },
  );
});
