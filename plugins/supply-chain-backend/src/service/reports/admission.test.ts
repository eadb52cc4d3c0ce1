import { schema } from 'backstage-plugin-supply-chain-common';
import { digestOf } from '../__testUtils__/StoredWorld';
import { examplePolicySet } from '../__testUtils__/exampleWorld';
import { withAdmission } from './admission';

const [POLICY] = examplePolicySet().policies;
const PINNED = `registry.acme.example/shop/web:1@${digestOf('a')}`;
const BY_TAG = 'registry.acme.example/shop/web:1';

function verdict(overrides: Partial<schema.Verdict> = {}): schema.Verdict {
  return {
    policy: { name: POLICY.name, digest: POLICY.digest },
    outcome: 'pass',
    findings: [],
    factsDigest: '',
    waiverDigest: '',
    evaluatedAt: '2026-07-01T12:00:00.000Z',
    ...overrides,
  };
}

function admissionOf(
  given: schema.Verdict,
  placements: { imageRef: string; running: boolean }[],
  {
    mode = 'enforce',
    attested,
  }: { mode?: 'audit' | 'enforce'; attested?: boolean } = {},
) {
  const [{ admission }] = withAdmission({
    verdicts: [given],
    policies: [{ ...POLICY, mode }],
    placements,
    vulnerabilities: { attested },
  });
  return admission;
}

describe('what admission does', () => {
  it('is told for the mode in force, and for enforcement', () => {
    const failing = verdict({ outcome: 'fail' });
    const running = [{ imageRef: PINNED, running: true }];
    expect(admissionOf(failing, running)).toEqual({
      mode: 'enforce',
      decision: 'deny',
      enforced: 'deny',
      causes: ['fail'],
    });
    expect(admissionOf(failing, running, { mode: 'audit' })).toEqual({
      mode: 'audit',
      decision: 'allow',
      enforced: 'deny',
      causes: ['fail'],
    });
  });

  it('depends on how every workload that runs it names it', () => {
    const pinned = { imageRef: PINNED, running: true };
    expect(
      admissionOf(verdict(), [pinned, { imageRef: BY_TAG, running: true }])
        ?.causes,
    ).toEqual(['unpinnedReference']);
    expect(
      admissionOf(verdict(), [pinned, { imageRef: BY_TAG, running: false }])
        ?.causes,
    ).toEqual([]);
    expect(
      admissionOf(verdict(), [{ imageRef: BY_TAG, running: false }])?.decision,
    ).toBe('deny');
    expect(
      admissionOf(verdict(), [{ imageRef: 'Not A Reference', running: true }])
        ?.decision,
    ).toBe('deny');
  });

  it.each([
    ['portal', 'image-signed', 'deny', ['fail'], false],
    ['portal', 'scan-fresh', 'allow', [], false],
    ['portal', 'scan-fresh', 'deny', ['fail'], true],
    ['git', 'image-signed', 'allow', [], false],
  ] as const)(
    'a waiver of source %s for %s makes it %s, because of %j, with a scan that came with the image: %s',
    (source, ruleId, decision, causes, attested) => {
      const waived = verdict({
        outcome: 'waived',
        findings: [
          {
            ruleId,
            policy: POLICY.name,
            severity: 'high',
            outcome: 'waived',
            message: 'Waived.',
            facts: {},
            waiver: {
              name: 'old-scan',
              source,
              outcome: 'fail',
              reason: 'Moves next week',
              approvedBy: 'user:default/approver',
              expires: '2026-08-01T00:00:00.000Z',
            },
          },
        ],
      });
      const running = [{ imageRef: PINNED, running: true }];
      expect(admissionOf(waived, running, { attested })).toMatchObject({
        decision,
        causes,
      });
    },
  );

  it('is nothing for an image that no workload names but by annotation', () => {
    expect(admissionOf(verdict(), [])?.decision).toBe('allow');
  });

  it('is not told of another version of the policy', () => {
    const earlier = { name: POLICY.name, digest: 'sha256:earlier' };
    expect(admissionOf(verdict({ policy: earlier }), [])).toBeUndefined();
  });
});
