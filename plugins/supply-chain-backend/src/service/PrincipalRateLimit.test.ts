import { mockCredentials } from '@backstage/backend-test-utils';
import { PrincipalRateLimit, TooManyRequestsError } from './PrincipalRateLimit';

describe('PrincipalRateLimit', () => {
  const first = mockCredentials.user('user:default/first');
  const second = mockCredentials.user('user:default/second');
  let nowMs = 0;
  let limit: PrincipalRateLimit;

  beforeEach(() => {
    nowMs = 1_000_000;
    limit = PrincipalRateLimit.create({
      burst: 2,
      refillIntervalMs: 10_000,
      nowMs: () => nowMs,
    });
  });

  const refusals = (times: number, caller = first) =>
    Array.from({ length: times }).filter(() => {
      try {
        limit.take(caller);
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(TooManyRequestsError);
        return true;
      }
    }).length;

  it('allows a burst and refuses what is more, for each caller', () => {
    expect(refusals(3)).toBe(1);
    expect(refusals(3, second)).toBe(1);
    expect(refusals(1, mockCredentials.service() as never)).toBe(0);
  });

  it('allows one more after each interval, and never more than the burst', () => {
    expect(refusals(2)).toBe(0);
    nowMs += 9_999;
    expect(refusals(1)).toBe(1);
    nowMs += 1;
    expect(refusals(2)).toBe(1);
    nowMs += 1_000_000;
    expect(refusals(3)).toBe(1);
  });

  it('says when the next one is possible', () => {
    expect(refusals(2)).toBe(0);
    nowMs += 2_500;
    expect(() => limit.take(first)).toThrow('possible in 8 s');
  });

  it('gives nothing for a clock that goes back', () => {
    expect(refusals(2)).toBe(0);
    nowMs -= 500_000;
    expect(refusals(1)).toBe(1);
  });

  it('answers with status 429', () => {
    expect(new TooManyRequestsError('x').statusCode).toBe(429);
  });
});
