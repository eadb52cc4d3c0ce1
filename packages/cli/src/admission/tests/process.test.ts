import { ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { AdmissionWorld } from '../__testUtils__/AdmissionWorld';
import { runForTest } from '../../__testUtils__/runForTest';

const program = resolve(__dirname, '../../../bin/supply-chain');

jest.setTimeout(120_000);

let world: AdmissionWorld;

beforeEach(async () => {
  world = await AdmissionWorld.start();
  await world.writeCertificate();
  await world.writePolicy();
});

afterEach(() => world.stop());

function start(configFile: string): {
  child: ChildProcess;
  ended: Promise<{ code: number | null; log: string }>;
  listening: Promise<number>;
} {
  const child = spawn(
    process.execPath,
    [program, 'admission', '--config', configFile],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  const ended = new Promise<{ code: number | null; log: string }>(done => {
    child.once('exit', code => done({ code, log }));
  });
  const listening = new Promise<number>(done => {
    child.stderr!.on('data', chunk => {
      log += chunk;
      const port = /health on port (\d+)/.exec(log)?.[1];
      if (port) {
        done(Number(port));
      }
    });
  });
  return { child, ended, listening };
}

describe('supply-chain admission', () => {
  it('serves until it is asked to end, and then ends with 0', async () => {
    const { child, ended, listening } = start(await world.writeConfiguration());
    const port = await listening;
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(answer.status).toBe(200);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('ends with 2 when its configuration or its policies are no good', async () => {
    const configFile = await world.writeConfiguration();
    await world.write('policy.yaml', 'kind: x');
    const { exitCode, stderr } = await runForTest([
      'admission',
      '--config',
      configFile,
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('policy.yaml');
    for (const argv of [[], ['--config'], ['--config', configFile, 'more']]) {
      const run = await runForTest(['admission', ...argv]);
      expect(run.exitCode).toBe(2);
    }
  });

  it.each([
    [
      'a certificate that is not there',
      { tls: { certFile: 'x', keyFile: 'y' } },
    ],
    [
      'an address that is not ours',
      { listen: { address: '192.0.2.1', port: 0 } },
    ],
    [
      'a key to pin that is none',
      { feed: { url: 'https://portal.example', publicKeyFile: 'policy.yaml' } },
    ],
    [
      'an authority that is not there',
      {
        registries: {
          hosts: [{ host: 'a.example', certificateAuthorityFile: 'none.pem' }],
        },
      },
    ],
  ])('ends with 2 for %s', async (_, config) => {
    const configFile = await world.writeConfiguration(config);
    const run = await runForTest(['admission', '--config', configFile]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).not.toContain('internal error');
  });

  it('tells how it is used', async () => {
    const { exitCode, stdout } = await runForTest(['admission', '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('--config FILE');
  });

  it('serves and ends in this process as well', async () => {
    const { exitCode, stderr } = await runForTest(
      ['admission', '--config', await world.writeConfiguration()],
      { untilStopped: async () => undefined },
    );
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^\d{4}-.*Z info: listening on port/);
  });
});
