import { schema } from 'backstage-plugin-supply-chain-common';
import { outcomeCounts, POLICY_DIGEST } from './reports';

/** A rule that is in force. */
export function policyRule(
  changes: Partial<schema.PolicyRuleReport> = {},
): schema.PolicyRuleReport {
  return {
    id: 'image-signed',
    use: 'image-signed',
    title: 'Signed by a trusted signer',
    motivation: 'Only a signature shows it.',
    remediation: 'Sign the image.',
    severity: 'critical',
    inForce: true,
    parameters: { allowViaIndex: true },
    controls: ['SSDF PS.2.1'],
    images: outcomeCounts({ pass: 9, fail: 3 }),
    services: outcomeCounts({ pass: 4, fail: 2 }),
    ...changes,
  };
}

/** A policy with a rule in force and one that is not yet. */
export function policyReport(
  changes: Partial<schema.PolicyReport> = {},
): schema.PolicyReport {
  return {
    name: 'default',
    title: 'Production',
    digest: POLICY_DIGEST,
    source: '/etc/policies/default.yaml',
    loadedAt: '2026-11-20T08:00:00.000Z',
    match: [
      { key: 'entities.lifecycle', values: ['production'] },
      { key: 'clusters', values: ['prod-*', 'edge'] },
    ],
    mode: 'audit',
    onUnknown: 'deny',
    trust: { type: 'atLeast', count: 2, roots: ['acme-ci', 'acme-key'] },
    ownImages: ['registry.acme.example/**'],
    platformImages: [],
    sourceRepositories: ['https://github.com/acme/*'],
    rules: [
      policyRule(),
      policyRule({
        id: 'no-latest',
        use: undefined,
        title: 'No moving tag',
        motivation: 'A moved tag runs something else.',
        severity: 'medium',
        effectiveOn: '2027-02-01T00:00:00.000Z',
        inForce: false,
        parameters: {},
        expression: 'image.tag != "latest"',
        message: 'Deploy a version',
        controls: [],
        images: outcomeCounts({ warn: 1, notApplicable: 11 }),
        services: outcomeCounts({ warn: 1, notApplicable: 5 }),
      }),
    ],
    images: outcomeCounts({ pass: 8, fail: 3, unknown: 1 }),
    services: outcomeCounts({ pass: 3, fail: 2, unknown: 1 }),
    outdated: 0,
    ...changes,
  };
}

/** A rule of the catalogue. */
export const signedRule: schema.RuleDescription = {
  id: 'image-signed',
  question: 'signature',
  title: 'Signed by a trusted signer',
  motivation: 'Only a signature shows it.',
  remediation: 'Sign the image.',
  severity: 'critical',
  controls: ['SSDF PS.2.1', 'CIS-SSC 2.4.1'],
};

/** One policy, two rules of the catalogue, and frameworks of which much is not evaluated. */
export function policyList(
  changes: Partial<schema.PolicyList> = {},
): schema.PolicyList {
  return {
    asOf: '2026-11-25T12:00:00.000Z',
    items: [policyReport()],
    sources: [
      {
        source: '/etc/policies/default.yaml',
        loadedAt: '2026-11-20T08:00:00.000Z',
        policies: ['default'],
        problems: [],
      },
    ],
    rules: [
      signedRule,
      {
        ...signedRule,
        id: 'digest-pinned',
        question: 'registry',
        title: 'Deployed by digest',
        controls: ['S2C2F ENF-1'],
      },
    ],
    frameworks: [
      {
        framework: 'SSDF',
        controls: [
          {
            id: 'SSDF PS.2.1',
            rules: [{ policy: 'default', ruleId: 'image-signed' }],
            available: ['image-signed'],
          },
          { id: 'SSDF PS.3.1', rules: [], available: [] },
        ],
      },
      {
        framework: 'S2C2F',
        controls: [
          { id: 'S2C2F ENF-1', rules: [], available: ['digest-pinned'] },
        ],
      },
      { framework: 'NSA', controls: [] },
      {
        framework: 'other',
        controls: [
          {
            id: 'House rule 7',
            rules: [{ policy: 'gone', ruleId: 'no-latest' }],
            available: [],
          },
        ],
      },
    ],
    notCovered: 2,
    sandbox: false,
    ...changes,
  };
}
