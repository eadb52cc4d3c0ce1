import { CommandLineError } from './CommandLineError';
import { parseOptions } from './parseOptions';

const KINDS = { policy: 'value', host: 'several', help: 'flag' } as const;

describe('parseOptions', () => {
  it('reads options and positionals in any order', () => {
    const options = parseOptions(
      ['a', '--policy=p', '--host', 'x', 'b', '--host', 'y', '--', '--help'],
      KINDS,
    );
    expect(options.positionals).toEqual(['a', 'b', '--help']);
    expect(options.value('policy')).toBe('p');
    expect(options.values('host')).toEqual(['x', 'y']);
    expect(options.has('help')).toBe(false);
  });

  it('reads the short form of help', () => {
    expect(parseOptions(['-h'], KINDS).has('help')).toBe(true);
  });

  it.each([
    [['--policy', 'p', '--policy', 'q'], 'expected --policy once'],
    [['--host='], 'expected a value for --host'],
    [['--other'], "Unknown option '--other'"],
    [['--policy'], 'argument missing'],
    [['--policy', '--help'], 'ambiguous'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseOptions(argv, KINDS)).toThrow(message);
    expect(() => parseOptions(argv, KINDS)).toThrow(CommandLineError);
  });

  it('does not take errors of its own for errors of the user', () => {
    const broken = () => parseOptions('no list' as never, KINDS);
    expect(broken).toThrow('must be an instance of Array');
    expect(broken).not.toThrow(CommandLineError);
  });
});
