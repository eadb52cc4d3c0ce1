import { Finding } from '../../model/finding';
import { reasonsToWaive } from './reasonsToWaive';

function finding(overrides: Partial<Finding>): Finding {
  return {
    ruleId: 'image-signed',
    policy: 'default',
    severity: 'high',
    outcome: 'fail',
    message: '',
    facts: {},
    ...overrides,
  };
}

const waiver = {
  name: 'sec-1',
  source: 'git' as const,
  reason: 'Vendor',
  approvedBy: 'user:default/platform',
  expires: '2026-12-03T12:00:00Z',
};

describe('reasonsToWaive', () => {
  it('are those of what fails, each once and in order', () => {
    expect(
      reasonsToWaive([
        finding({ reason: 'noSignature' }),
        finding({ reason: 'attestedOnly' }),
        finding({ reason: 'noSignature' }),
      ]),
    ).toEqual({ failing: ['attestedOnly', 'noSignature'], unknown: [] });
  });

  it('hold what cannot be told apart', () => {
    expect(
      reasonsToWaive([finding({ outcome: 'unknown', reason: 'notScanned' })]),
    ).toEqual({ failing: [], unknown: ['notScanned'] });
  });

  it('are none where the rule passes, does not apply or says no reason', () => {
    expect(
      reasonsToWaive([
        finding({ outcome: 'pass' }),
        finding({ outcome: 'pass', reason: 'noSignature' }),
        finding({ outcome: 'notApplicable', reason: 'noPolicyMatches' }),
        finding({}),
      ]),
    ).toEqual({ failing: [], unknown: [] });
  });

  it('leave a warning out, unless it is a fail to come', () => {
    const warning = finding({ outcome: 'warn', reason: 'scanOtherDigest' });
    expect(reasonsToWaive([warning]).failing).toEqual([]);
    expect(
      reasonsToWaive([{ ...warning, effectiveOn: '2026-12-03T12:00:00Z' }])
        .failing,
    ).toEqual(['scanOtherDigest']);
  });

  it('are the same for what is waived already', () => {
    const waived = (outcome: 'fail' | 'warn' | 'unknown') =>
      reasonsToWaive([
        finding({
          outcome: 'waived',
          reason: 'noSignature',
          waiver: { ...waiver, outcome },
        }),
      ]);
    expect(waived('fail').failing).toEqual(['noSignature']);
    expect(waived('warn').failing).toEqual(['noSignature']);
    expect(waived('unknown')).toEqual({
      failing: [],
      unknown: ['noSignature'],
    });
  });
});
