import { DIGEST, facts, REPOSITORY } from '../testing/exampleFacts';
import {
  ImageEvaluation,
  PolicyRule,
  SupplyChainPolicy,
} from '../policy/types';
import { CheckedImage, checkReportOf, ReportAdditions } from './checkReportOf';

const now = new Date('2026-11-20T12:00:00Z');
const tool = { name: 'tool', version: '1.0.0' };

const policy = {
  name: 'default',
  match: {},
  rules: [
    { use: 'scan-fresh', id: 'scan-fresh', with: { maxAgeHours: 24 } },
  ] as unknown as PolicyRule[],
  digest: 'sha256:0',
} as unknown as SupplyChainPolicy;

const finding = {
  ruleId: 'scan-fresh',
  policy: 'default',
  severity: 'medium' as const,
  outcome: 'waived' as const,
  reason: 'scanStale' as const,
  message: 'Too old.',
  facts: { scanners: 'Trivy' },
  remediation: {
    who: 'platformTeam' as const,
    action: 'rescanImage' as const,
    parameters: { imageRef: 'a' },
  },
  waiver: {
    name: 'w',
    source: 'git' as const,
    reason: 'Because',
    approvedBy: 'user:default/a',
    expires: '2026-12-01T00:00:00Z',
    outcome: 'fail' as const,
  },
};

const evaluation = (
  changes: Partial<ImageEvaluation> = {},
): ImageEvaluation => ({
  outcome: 'waived',
  reason: 'scanStale',
  verdicts: [
    {
      policy: { name: 'default', digest: 'sha256:0' },
      outcome: 'waived',
      findings: [finding],
      factsDigest: 'sha256:1',
      waiverDigest: 'sha256:2',
      evaluatedAt: now.toISOString(),
      contextMissing: ['clusters'],
    },
  ],
  ...changes,
});

const image = (changes: Partial<CheckedImage> = {}): CheckedImage => ({
  imageRef: `${REPOSITORY}:1.0.0`,
  reference: { repository: REPOSITORY },
  digestSource: 'tagResolvedNow',
  digest: DIGEST,
  facts: facts(),
  evaluation: evaluation(),
  ...changes,
});

const additions: ReportAdditions = {
  evidence: [],
  unknownKeys: new Map([['default', ['entities.lifecycle']]]),
};

const report = (given: CheckedImage, added?: ReportAdditions) =>
  checkReportOf(
    {
      images: [given],
      policySet: {
        policies: [policy],
        trustRoots: [],
        waivers: [],
        digest: '',
      },
      now,
      clock: 'injected',
      tool,
    },
    added,
  );

describe('checkReportOf', () => {
  it('says what was judged, by what and when', () => {
    expect(report(image(), additions)).toMatchObject({
      schemaVersion: 1,
      tool,
      evaluatedAt: now.toISOString(),
      clock: 'injected',
      policies: [{ name: 'default', digest: 'sha256:0' }],
      evidence: [],
      results: [
        {
          subject: { repository: REPOSITORY, digest: DIGEST },
          deploy: `${REPOSITORY}@${DIGEST}`,
          outcome: 'waived',
          vulnerabilities: { status: expect.any(String) },
          factsDigest: 'sha256:1',
          waiverDigest: 'sha256:2',
          contextMissing: ['clusters', 'entities.lifecycle'],
        },
      ],
    });
  });

  it('tells of a finding who waived it and who can act, and nothing of its facts', () => {
    const [result] = report(image(), additions).results;
    const { facts: _, remediation, ...said } = finding;
    expect(result.findings).toEqual([
      {
        ...said,
        title: expect.any(String),
        remediation: { who: 'platformTeam', action: 'rescanImage' },
      },
    ]);
  });

  it('leaves out what only a check looks at', () => {
    const printed = report(image());
    expect(printed).not.toHaveProperty('evidence');
    expect(printed.results[0]).not.toHaveProperty('deploy');
    expect(printed.results[0]).not.toHaveProperty('vulnerabilities');
    expect(printed.results[0].contextMissing).toEqual(['clusters']);
  });

  it.each(['pass', 'warn', 'waived'] as const)(
    'cannot tell of an image without a digest, whatever rules about its name say: %s (L4)',
    outcome => {
      const without = image({
        digest: undefined,
        digestSource: 'none',
        evaluation: evaluation({ outcome }),
      });
      const failure = { reason: 'registryRefused' as const, message: 'no' };
      const [unexplained] = report(without, additions).results;
      const [explained] = report({ ...without, failure }, additions).results;
      expect(unexplained).toMatchObject({
        outcome: 'unknown',
        reason: 'digestUnknown',
      });
      expect(unexplained).not.toHaveProperty('deploy');
      expect(explained).toMatchObject({
        outcome: 'unknown',
        reason: 'registryRefused',
      });
    },
  );

  it.each(['fail', 'unknown', 'notApplicable'] as const)(
    'leaves what is bad anyway as it is: %s',
    outcome => {
      const [result] = report(
        image({ digest: undefined, evaluation: evaluation({ outcome }) }),
        additions,
      ).results;
      expect(result.outcome).toBe(outcome);
    },
  );

  it('has digests of an image that nothing covers, and no block about scans', () => {
    const nothing = evaluation({
      outcome: 'notApplicable',
      reason: 'noPolicyMatches',
      verdicts: [],
    });
    const [result] = checkReportOf(
      {
        images: [image({ evaluation: nothing, facts: facts({ scans: [] }) })],
        policySet: { policies: [], trustRoots: [], waivers: [], digest: '' },
        now,
        clock: 'system',
        tool,
      },
      additions,
    ).results;
    expect(result.factsDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(result.waiverDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(result).not.toHaveProperty('vulnerabilities');
  });

  it('takes the id of a rule that is not loaded any more for its title', () => {
    const other = {
      ...evaluation().verdicts[0],
      findings: [{ ...finding, policy: 'gone' }],
    };
    const [result] = report(
      image({ evaluation: evaluation({ verdicts: [other] }) }),
    ).results;
    expect(result.findings[0].title).toBe('scan-fresh');
  });
});
