import { policySetFromBundles } from './policyBundle';

const POLICY = `
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: default }
spec:
  waivers: { maxDays: 30 }
  rules:
    - use: image-signed
    - use: digest-pinned
      id: pinned
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: relaxed }
spec: { rules: [{ use: registry-allowed, with: { allow: ["docker.io/**"] } }] }
`;

const GOOD = {
  rule: 'image-signed',
  reasons: '[unsigned]',
  scope: '{ repository: nginx }',
  reason: 'Vendor image until the rebuild',
  ticket: 'SEC-412',
  requestedBy: 'user:default/developer',
  approvedBy: 'user:default/platform',
  approvedAt: '2026-11-20T12:00:00Z',
  expires: '2026-12-03T12:00:00Z',
};

function load(
  spec: Partial<Record<string, string>>,
  { policy = POLICY }: { policy?: string } = {},
) {
  const lines = Object.entries({ ...GOOD, ...spec })
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `  ${key}: ${value}`);
  const text = `${policy}---
apiVersion: supply-chain/v1
kind: Waiver
metadata: { name: sec-412 }
spec:
${lines.join('\n')}
`;
  return policySetFromBundles([
    { source: 'policy.yaml', fromUrl: false, text, files: {} },
  ]);
}

const problemsOf = (spec: Partial<Record<string, string>>) => {
  const result = load(spec);
  return result.ok ? [] : result.problems;
};

describe('Waiver documents (L22)', () => {
  it('load with names normalised and nothing added', () => {
    expect(load({})).toMatchObject({
      ok: true,
      policySet: {
        waivers: [
          {
            name: 'sec-412',
            source: 'git',
            rule: 'image-signed',
            reasons: ['noSignature', 'attestedOnly'],
            includeUnknown: false,
            scope: { repository: 'docker.io/library/nginx' },
            ticket: 'SEC-412',
            expires: '2026-12-03T12:00:00.000Z',
          },
        ],
      },
    });
  });

  // prettier-ignore
  it.each<[string, Partial<Record<string, string>>, string, string]>([
    ['a key that is not known', { until: '2027-01-01' }, 'documentKeyUnknown', 'spec.until'],
    ['no end', { expires: '' }, 'waiverWithoutExpiry', 'spec.expires'],
    ['no reasons', { reasons: '' }, 'waiverWithoutReasons', 'spec.reasons'],
    ['reasons that are empty', { reasons: '[]' }, 'documentValueInvalid', 'spec.reasons'],
    ['a reason that is none', { reasons: '[noSignatur]' }, 'documentValueInvalid', 'spec.reasons[0]'],
    ['no scope', { scope: '{}' }, 'waiverWithoutScope', 'spec.scope'],
    ['a vulnerability alone as its scope', { scope: '{ vulnerability: CVE-2026-1000 }' }, 'waiverWithoutScope', 'spec.scope'],
    ['a pattern for a repository', { scope: '{ repository: "registry.acme.example/**" }' }, 'documentValueInvalid', 'spec.scope.repository'],
    ['a tag in the repository', { scope: '{ repository: "nginx:1.27" }' }, 'documentValueInvalid', 'spec.scope.repository'],
    ['a subject without digest', { scope: '{ subject: "nginx:1.27" }' }, 'documentValueInvalid', 'spec.scope.subject'],
    ['an entity that is none', { scope: '{ entity: "component:" }' }, 'documentValueInvalid', 'spec.scope.entity'],
    ['two repositories', { scope: `{ repository: redis, subject: "nginx@sha256:${'a'.repeat(64)}" }` }, 'documentValueInvalid', 'spec.scope'],
    ['its requester as approver', { approvedBy: 'user:default/developer' }, 'waiverSelfApproved', 'spec.approvedBy'],
    ['its requester as approver, spelled otherwise', { approvedBy: 'Developer' }, 'waiverSelfApproved', 'spec.approvedBy'],
    ['one name that is no reference for both', { requestedBy: '"J. Doe"', approvedBy: '"j. doe"' }, 'waiverSelfApproved', 'spec.approvedBy'],
    ['an end before its beginning', { expires: '2026-11-19T12:00:00Z' }, 'documentValueInvalid', 'spec.expires'],
    ['more time than the policy allows', { expires: '2026-12-20T12:00:01Z' }, 'waiverTooLong', 'spec.expires'],
    ['no beginning where the policy limits the time', { approvedAt: '' }, 'waiverTooLong', 'spec.approvedAt'],
    ['a rule that no policy has', { rule: 'digest-pinned' }, 'waiverRuleUnknown', 'spec.rule'],
    ['a policy that does not exist', { policy: 'defualt' }, 'waiverRuleUnknown', 'spec.policy'],
    ['a rule the named policy does not have', { policy: 'relaxed' }, 'waiverRuleUnknown', 'spec.rule'],
  ])('with %s are refused', (_what, spec, code, path) => {
    expect(problemsOf(spec)).toMatchObject([{ code, path }]);
  });

  it('say which name was probably meant', () => {
    expect(problemsOf({ policy: 'defualt' })[0].message).toContain(
      'Did you mean "default"?',
    );
  });

  // prettier-ignore
  it.each<[string, Partial<Record<string, string>>]>([
    ['exactly as long as the policy allows', { expires: '2026-12-20T12:00:00Z' }],
    ['of a rule whose policy limits nothing', { policy: 'relaxed', rule: 'registry-allowed', approvedAt: '', expires: '2030-01-01' }],
    ['of one image of one service and one vulnerability', { scope: `{ subject: "nginx@sha256:${'a'.repeat(64)}", entity: web, vulnerability: CVE-2026-1000 }` }],
  ])('%s load', (_what, spec) => {
    expect(problemsOf(spec)).toEqual([]);
  });

  it('change the digest of the set, and leave those of the policies', () => {
    const first = load({});
    const second = load({ ticket: 'SEC-413' });
    if (!first.ok || !second.ok) {
      throw new Error('expected both to load');
    }
    expect(first.policySet.digest).not.toBe(second.policySet.digest);
    expect(first.policySet.policies).toEqual(second.policySet.policies);
  });
});
