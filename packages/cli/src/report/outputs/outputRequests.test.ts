import { CommandLineError } from '../../commandLine/CommandLineError';
import { readOutputRequests } from './outputRequests';

describe('readOutputRequests', () => {
  it('writes text to stdout when nothing is asked', () => {
    expect(readOutputRequests([])).toEqual([{ format: 'text' }]);
  });

  it('reads several, one of them to stdout, and annotations beside it', () => {
    expect(
      readOutputRequests([
        'text',
        'sarif=out.sarif',
        'json=a=b.json',
        'markdown=./out.md',
        'github',
      ]),
    ).toEqual([
      { format: 'text' },
      { format: 'sarif', file: 'out.sarif' },
      { format: 'json', file: 'a=b.json' },
      { format: 'markdown', file: './out.md' },
      { format: 'github' },
    ]);
  });

  it.each([
    [['xml'], 'expected --output as one of text, json'],
    [['sarif='], 'expected --output as one of'],
    [['=out'], 'expected --output as one of'],
    [['toString'], 'expected --output as one of'],
    [['text', 'json'], 'several for stdout'],
    [['github', 'github'], 'several for stderr'],
    [['json=a', 'sarif=a'], 'several for "a"'],
  ])('refuses %j', (texts, message) => {
    expect(() => readOutputRequests(texts)).toThrow(message);
    expect(() => readOutputRequests(texts)).toThrow(CommandLineError);
  });
});
