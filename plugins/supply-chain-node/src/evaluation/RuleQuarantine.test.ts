import { RuleQuarantine } from './RuleQuarantine';
import { RuleOfPolicy } from './messages';

function ruleOf(policy: string, id: string, digest = 'sha256:1'): RuleOfPolicy {
  return {
    policy: { name: policy, digest } as RuleOfPolicy['policy'],
    rule: { id } as RuleOfPolicy['rule'],
  };
}

describe('RuleQuarantine', () => {
  const slow = ruleOf('default', 'slow');
  const fine = ruleOf('default', 'fine');
  let elapsedMs: number;
  let quarantine: RuleQuarantine;

  beforeEach(() => {
    elapsedMs = 1000;
    quarantine = new RuleQuarantine(() => elapsedMs);
  });

  function fail(times: number): void {
    Array.from({ length: times }).forEach(() => quarantine.failed(slow));
  }

  it('holds a rule that failed on three images, and no other', () => {
    fail(2);
    expect(quarantine.among([slow, fine])).toEqual([]);
    fail(1);
    expect(quarantine.among([slow, fine])).toEqual([
      { policy: 'default', rule: 'slow', reason: 'ruleTimeout' },
    ]);
  });

  it('lets go of it after a minute, and of a policy that changed at once', () => {
    fail(3);
    expect(quarantine.among([ruleOf('default', 'slow', 'sha256:2')])).toEqual(
      [],
    );
    elapsedMs += 59_999;
    expect(quarantine.among([slow])).toHaveLength(1);
    elapsedMs += 1;
    expect(quarantine.among([slow])).toEqual([]);
    fail(2);
    expect(quarantine.among([slow])).toEqual([]);
  });

  it('forgets failures that lie far apart', () => {
    fail(2);
    elapsedMs += 60_000;
    fail(2);
    expect(quarantine.among([slow])).toEqual([]);
  });
});
