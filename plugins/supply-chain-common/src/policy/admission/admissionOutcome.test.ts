import { Outcome } from '../../model/outcome';
import {
  AdmissionDecision,
  admissionOutcome,
  AdmissionQuestion,
  strictestDecision,
} from './admissionOutcome';

function question(overrides: Partial<AdmissionQuestion>): AdmissionQuestion {
  return {
    mode: 'enforce',
    onUnknown: 'deny',
    outcome: 'pass',
    findings: [],
    pinned: true,
    ...overrides,
  };
}

describe('admissionOutcome (L23)', () => {
  it.each<
    [
      AdmissionQuestion['mode'],
      AdmissionQuestion['onUnknown'],
      Outcome,
      AdmissionDecision,
      AdmissionDecision,
    ]
  >([
    // mode, onUnknown, outcome, what happens, what would happen under enforce
    ['audit', 'deny', 'fail', 'allow', 'deny'],
    ['warn', 'deny', 'fail', 'allowWithWarning', 'deny'],
    ['enforce', 'deny', 'fail', 'deny', 'deny'],
    ['enforce', 'allow', 'fail', 'deny', 'deny'],
    ['audit', 'deny', 'unknown', 'allow', 'deny'],
    ['warn', 'deny', 'unknown', 'allowWithWarning', 'deny'],
    ['enforce', 'deny', 'unknown', 'deny', 'deny'],
    ['audit', 'warn', 'unknown', 'allow', 'allowWithWarning'],
    ['warn', 'warn', 'unknown', 'allowWithWarning', 'allowWithWarning'],
    ['enforce', 'warn', 'unknown', 'allowWithWarning', 'allowWithWarning'],
    ['audit', 'allow', 'unknown', 'allow', 'allow'],
    ['warn', 'allow', 'unknown', 'allow', 'allow'],
    ['enforce', 'allow', 'unknown', 'allow', 'allow'],
    ['audit', 'deny', 'warn', 'allow', 'allowWithWarning'],
    ['warn', 'deny', 'warn', 'allowWithWarning', 'allowWithWarning'],
    ['enforce', 'deny', 'warn', 'allowWithWarning', 'allowWithWarning'],
    ['enforce', 'deny', 'waived', 'allow', 'allow'],
    ['warn', 'deny', 'pass', 'allow', 'allow'],
    ['enforce', 'deny', 'pass', 'allow', 'allow'],
    ['enforce', 'deny', 'notApplicable', 'allow', 'allow'],
  ])(
    'mode %s, onUnknown %s, outcome %s: %s, under enforce %s',
    (mode, onUnknown, outcome, decision, enforced) => {
      expect(
        admissionOutcome(
          question({ mode, onUnknown, outcome, findings: [{ outcome }] }),
        ),
      ).toMatchObject({ decision, enforced });
    },
  );

  it('names everything that speaks against it, worst first', () => {
    const findings = [
      { outcome: 'warn' as const },
      { outcome: 'unknown' as const },
      { outcome: 'fail' as const },
      { outcome: 'waived' as const },
    ];
    expect(
      admissionOutcome(question({ outcome: 'fail', findings, pinned: false }))
        .causes,
    ).toEqual(['fail', 'unpinnedReference', 'unknown', 'warn']);
  });

  it('denies a reference without digest under enforce, whatever the rules say of it', () => {
    const unpinned = { outcome: 'pass' as const, pinned: false };
    expect(admissionOutcome(question(unpinned))).toEqual({
      decision: 'deny',
      enforced: 'deny',
      causes: ['unpinnedReference'],
    });
    expect(
      admissionOutcome(question({ ...unpinned, mode: 'warn' })).decision,
    ).toBe('allowWithWarning');
    expect(
      admissionOutcome(question({ ...unpinned, mode: 'audit' })).decision,
    ).toBe('allow');
  });

  it('lets a reference without digest pass where the policy does not match', () => {
    expect(
      admissionOutcome(question({ outcome: 'notApplicable', pinned: false })),
    ).toEqual({ decision: 'allow', enforced: 'allow', causes: [] });
  });

  it('still wants the digest where the policy matches and no rule applies', () => {
    expect(
      admissionOutcome(
        question({
          outcome: 'notApplicable',
          findings: [{ outcome: 'notApplicable' }],
          pinned: false,
        }),
      ).decision,
    ).toBe('deny');
  });

  it('warns of a rule that warns where `unknown` is allowed', () => {
    const findings = [
      { outcome: 'unknown' as const },
      { outcome: 'warn' as const },
    ];
    expect(
      admissionOutcome(
        question({ outcome: 'unknown', onUnknown: 'allow', findings }),
      ).decision,
    ).toBe('allowWithWarning');
  });

  it('does not admit an evaluation that ended before any rule was asked', () => {
    expect(
      admissionOutcome(question({ outcome: 'unknown', findings: [] })).decision,
    ).toBe('deny');
  });
});

describe('strictestDecision', () => {
  it('is the strictest of several policies, and allows where there is none (L18)', () => {
    expect(strictestDecision(['allow', 'deny', 'allowWithWarning'])).toBe(
      'deny',
    );
    expect(strictestDecision(['allow', 'allowWithWarning'])).toBe(
      'allowWithWarning',
    );
    expect(strictestDecision([])).toBe('allow');
  });
});
