import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { FREE_SANDBOX_PORTS, Sandbox, startSandbox } from 'sandbox';

// The program itself, as its users start it: arguments, streams and exit code are those of a process.
const program = resolve(__dirname, '../../bin/supply-chain');

// Each run starts a worker thread, which compiles its sources first.
jest.setTimeout(60_000);

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
});

afterAll(() => sandbox.stop());

function start(...argv: string[]) {
  return new Promise<{ exitCode: unknown; stdout: string; stderr: string }>(
    done => {
      execFile(
        process.execPath,
        [program, ...argv],
        { env: { ...process.env, HOME: '/nonexistent', DOCKER_CONFIG: '' } },
        (error, stdout, stderr) =>
          done({ exitCode: error ? error.code : 0, stdout, stderr }),
      );
    },
  );
}

const verify = (...names: string[]) =>
  start(
    'verify',
    ...names.map(name => `${sandbox.registry.host}/${name}`),
    ...['--policy', sandbox.policyFile, '--output', 'json'],
    ...['--insecure-registry', sandbox.registry.host],
    ...['--insecure-registry', sandbox.notary.host],
  );

describe('bin/supply-chain', () => {
  it.each([
    [0, ['shop/web:1.4.0']],
    [1, ['shop/web:1.4.0', 'shop/invoices:0.8.0']],
    [3, ['shop/web:1.4.0', 'shop/recommendations:1.1.0']],
  ])(
    'ends with %i for %j and prints nothing but JSON',
    async (exitCode, names) => {
      const run = await verify(...names);
      expect(run).toMatchObject({ exitCode, stderr: '' });
      expect(JSON.parse(run.stdout).results).toHaveLength(names.length);
    },
  );

  it('ends with 2 when it is not used as it should be', async () => {
    const run = await start('verify', 'registry.acme.example/a');
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('expected --policy FILE');
  });
});
