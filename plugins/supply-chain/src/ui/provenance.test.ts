import { verifiedProvenance } from '../__testUtils__/provenanceReports';
import { verdict } from '../__testUtils__/reports';
import { compareSource, outcomeOfProvenance } from './provenance';

const OTHER = 'https://github.com/evil/payments';

function judged(outcome: 'pass' | 'fail') {
  const [finding] = verdict().findings;
  return [
    verdict({
      findings: [{ ...finding, ruleId: 'built-from-own-repository', outcome }],
    }),
  ];
}

describe('the comparison of repositories', () => {
  it.each([
    ['the same and verified', {}, 'pass', 'same'],
    ['the same, claimed', { status: 'claimed' }, 'warn', 'sameUnproven'],
    [
      'the same, signed by nobody trusted',
      { status: 'untrustedSigner' },
      'warn',
      'sameUntrusted',
    ],
    [
      'the same, with a signature that is not valid',
      { status: 'invalid' },
      'warn',
      'sameInvalid',
    ],
    [
      'the same by the certificate, which the provenance contradicts',
      { status: 'mismatch', reason: 'provenanceContradictsCertificate' },
      'fail',
      'sameContradicted',
    ],
    [
      'the same, in a statement about something else',
      { status: 'mismatch', reason: 'summaryOtherResource' },
      'warn',
      'sameElsewhere',
    ],
    ['another one, verified', { source: OTHER }, 'fail', 'different'],
    [
      'another one, claimed',
      { source: OTHER, status: 'claimed' },
      'fail',
      'different',
    ],
    [
      'one that cannot be told',
      { status: 'unavailable' },
      'unknown',
      'notKnown',
    ],
    ['none stated', { source: undefined }, 'unknown', 'notStated'],
    [
      'none expected',
      { expectedSource: undefined },
      'unknown',
      'noExpectation',
    ],
  ] as const)(
    'calls %s by its name',
    (_condition, changes, outcome, result) => {
      expect(compareSource({ ...verifiedProvenance, ...changes }, [])).toEqual({
        outcome,
        result,
      });
    },
  );

  it('believes the rule that another spelling is the same repository', () => {
    expect(
      compareSource({ ...verifiedProvenance, source: OTHER }, judged('pass')),
    ).toEqual({ outcome: 'pass', result: 'sameByAlias' });
  });

  it('believes the rule that the same address is another repository', () => {
    expect(compareSource(verifiedProvenance, judged('fail')).outcome).toBe(
      'fail',
    );
  });
});

describe('the sign of provenance', () => {
  it.each([
    ['verified', 'pass'],
    ['claimed', 'warn'],
    ['mismatch', 'fail'],
    ['untrustedSigner', 'fail'],
    ['invalid', 'fail'],
    ['absent', 'notApplicable'],
    ['unavailable', 'unknown'],
  ] as const)('of %s is %s', (status, outcome) => {
    expect(outcomeOfProvenance({ ...verifiedProvenance, status }, [])).toBe(
      outcome,
    );
  });

  it('is red when it proves another repository', () => {
    expect(
      outcomeOfProvenance({ ...verifiedProvenance, source: OTHER }, []),
    ).toBe('fail');
  });
});
