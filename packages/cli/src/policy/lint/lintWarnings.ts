import { PolicySet } from 'backstage-plugin-supply-chain-common';

/** Something that loads and should be seen. */
export type LintWarning = { code: string; message: string };

/** What loads, and is most likely not meant. */
export function lintWarnings(policySet: PolicySet, now: Date): LintWarning[] {
  return [
    ...ofTrustRoots(policySet),
    ...unusedTrustRoots(policySet),
    ...ofPolicies(policySet),
    ...endedWaivers(policySet, now),
  ];
}

function ofTrustRoots({ trustRoots }: PolicySet): LintWarning[] {
  return trustRoots.flatMap(({ name, warnings }) =>
    warnings.map(({ code, message }) => ({
      code,
      message: `trust root "${name}": ${message}`,
    })),
  );
}

function unusedTrustRoots({ policies, trustRoots }: PolicySet): LintWarning[] {
  const used = new Set(policies.flatMap(({ trust }) => trust?.of ?? []));
  return trustRoots
    .filter(({ name }) => !used.has(name))
    .map(({ name }) => ({
      code: 'trustRootUnused',
      message: `no policy trusts the trust root "${name}"`,
    }));
}

/** A rule about signatures without a root can only ever say that it cannot tell (L37). */
function ofPolicies({ policies }: PolicySet): LintWarning[] {
  return policies.flatMap(({ name, rules, trust, sourceRepositories }) => {
    const uses = (id: string) => rules.some(({ use }) => use === id);
    const needsTrust = uses('image-signed') || uses('provenance-verified');
    return [
      ...(needsTrust && !trust
        ? [
            {
              code: 'noTrustRootConfigured',
              message: `the policy "${name}" has a rule about signatures and trusts nobody`,
            },
          ]
        : []),
      ...(uses('built-from-own-repository') && sourceRepositories.length === 0
        ? [
            {
              code: 'sourceRepositoriesMissing',
              message: `the policy "${name}" lists no source repositories: owners of entities alone say where images come from (L24)`,
            },
          ]
        : []),
    ];
  });
}

function endedWaivers({ waivers }: PolicySet, now: Date): LintWarning[] {
  return waivers
    .filter(({ expires }) => now >= new Date(expires))
    .map(({ name, expires }) => ({
      code: 'waiverEnded',
      message: `the waiver "${name}" ended at ${expires}`,
    }));
}
