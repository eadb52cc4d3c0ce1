import { fixStateOf } from './fixStateOf';

describe('the state of a fix', () => {
  it.each([
    [{ fixedVersion: '2' }, 'fixed'],
    [{ fixedVersion: '2', fixState: 'wontFix' }, 'fixed'],
    [{ fixState: 'fixed' }, 'unknown'],
    [{ fixState: 'unknown' }, 'unknown'],
    [{}, 'unknown'],
    [{ fixState: 'notFixed' }, 'notFixed'],
    [{ fixState: 'deferred' }, 'deferred'],
    [{ fixState: 'endOfLife' }, 'endOfLife'],
  ] as const)('of %j is %s', (finding, state) => {
    expect(fixStateOf(finding)).toBe(state);
  });
});
