import { Outcome } from 'backstage-plugin-supply-chain-common';
import { worstExitCode } from './exitCodes';

describe('worstExitCode', () => {
  // L29
  it.each<[Outcome[], number]>([
    [['pass'], 0],
    [['warn'], 0],
    [['waived'], 0],
    [['fail'], 1],
    [['unknown'], 3],
    [['notApplicable'], 3],
    [['pass', 'unknown'], 3],
    [['pass', 'notApplicable'], 3],
    [['unknown', 'fail', 'pass'], 1],
    [['pass', 'warn', 'waived'], 0],
    [[], 3],
  ])('%j ends with %i', (outcomes, code) => {
    expect(worstExitCode(outcomes)).toBe(code);
  });
});
