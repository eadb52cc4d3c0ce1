import { ReasonCode } from '../model/reasonCodes';
import { SignatureStatus } from '../model/signature';
import { ImageEvaluation } from '../policy/types';
import type { CheckedImage } from './checkReportOf';
import { reportSignatures } from './reportSignatures';

const noPolicies = { policies: [], trustRoots: [], waivers: [], digest: '' };

function statusOf(evaluation: Partial<ImageEvaluation>) {
  const { status, reason } = reportSignatures(
    {
      facts: { signatures: [] },
      evaluation: { verdicts: [], ...evaluation },
    } as unknown as CheckedImage,
    noPolicies,
  );
  return { status, reason };
}

const verdictsWith = (...statuses: SignatureStatus[]) =>
  statuses.map(status => ({
    policy: { name: status },
    signature: { status },
  })) as ImageEvaluation['verdicts'];

describe('the status over several policies', () => {
  const worstFirst: SignatureStatus[] = [
    'invalid',
    'expired',
    'untrustedSigner',
    'unsigned',
    'unavailable',
    'verified',
  ];

  it.each(worstFirst.map((status, index) => [status, worstFirst.slice(index)]))(
    'is %s over %j in any order',
    (status, statuses) => {
      const verdicts = verdictsWith(...(statuses as SignatureStatus[]));
      expect(statusOf({ verdicts }).status).toBe(status);
      expect(statusOf({ verdicts: verdicts.reverse() }).status).toBe(status);
    },
  );
});

describe('without a policy that says something about signatures', () => {
  it.each<[ReasonCode, ReasonCode]>([
    ['noPolicyMatches', 'noTrustRootConfigured'],
    ['noPolicy', 'noTrustRootConfigured'],
    ['ruleTimeout', 'ruleTimeout'],
    ['ruleError', 'ruleError'],
  ])('an evaluation with %s is unavailable with %s', (reason, expected) => {
    expect(statusOf({ reason })).toEqual({
      status: 'unavailable',
      reason: expected,
    });
  });
});
