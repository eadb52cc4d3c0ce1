import { decodeBase64, isStrictBase64 } from './decodeBase64';

describe('decodeBase64', () => {
  it('decodes the one spelling', () => {
    expect(decodeBase64('YWI=')?.toString()).toBe('ab');
    expect(isStrictBase64('YWJj')).toBe(true);
  });

  it.each([
    ['it is empty', ''],
    ['it has a line break', 'YWI=\n'],
    ['it lacks padding', 'YWI'],
    ['it has too much padding', 'YWI=='],
    ['it has bits left over', 'YWJ='],
    ['it is in the URL alphabet', '-_-_'],
    ['it holds junk', 'YW*I='],
  ])('refuses when %s', (_condition, text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});
