import { version } from '../../package.json';
import { runForTest } from '../__testUtils__/runForTest';
import { runCommandLine } from './runCommandLine';

describe('runCommandLine', () => {
  it.each([['--help'], ['-h']])('shows the help on %s', async option => {
    const run = await runForTest([option]);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('verify IMAGE…');
  });

  it('shows the help of verify', async () => {
    const run = await runForTest(['verify', '--help']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('--policy FILE');
  });

  it('shows the version', async () => {
    const run = await runForTest(['--version']);
    expect(run).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
  });

  it.each([
    ['no command', []],
    ['an unknown command', ['verfy']],
    ['a name every object has', ['constructor']],
    ['an unknown option', ['--policies', 'p.yaml']],
    ['an option before the command', ['--policy', 'p.yaml', 'verify', 'x']],
    ['an unknown option of the command', ['verify', 'x', '--polcy', 'p.yaml']],
    ['no image', ['verify', '--policy', 'p.yaml']],
    ['no policy', ['verify', 'x']],
    ['a policy without value', ['verify', 'x', '--policy']],
    ['an empty policy', ['verify', 'x', '--policy=']],
    ['two policies', ['verify', 'x', '--policy', 'p', '--policy', 'q']],
    ['a flag with a value', ['verify', 'x', '--policy', 'p', '--help=yes']],
  ])('ends with 2 on %s', async (_, argv) => {
    const run = await runForTest(argv);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/^supply-chain: .*\nsupply-chain: see /s);
  });

  it('cannot tell when something unexpected happens', async () => {
    let stderr = '';
    const exitCode = await runCommandLine(['--version'], {
      stdout: {
        write: () => {
          throw new Error('no space left');
        },
      },
      stderr: { write: text => (stderr += text) },
      environment: {},
      homeDirectory: '/nonexistent',
      untilStopped: async () => undefined,
      now: () => new Date(),
    });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('internal error: Error: no space left\n');
  });

  it('writes hostile arguments so that they cannot act on the terminal', async () => {
    const run = await runForTest(['\u001b[2J\u202everify']);
    expect(run.stderr).toContain('\\u{1b}[2J\\u{202e}verify');
  });
});
