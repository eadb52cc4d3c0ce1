import { matchPolicy } from '../policy/evaluation/matchPolicy';
import { rootsOfPolicies } from '../policy/rootsOfPolicies';
import { questionsOfRule } from '../policy/rules/questionsOfRule';
import { ScanState, scanStateOf } from '../policy/rules/scanState';
import { scanMaxAgeHours } from '../policy/scanMaxAgeHours';
import { scanMinTrust } from '../policy/scanMinTrust';
import { vexMinTrust } from '../policy/vexMinTrust';
import {
  PolicyFacts,
  PolicyRule,
  SupplyChainPolicy,
  TrustRoot,
} from '../policy/types';
import { MergedFinding } from '../vulnerabilities/merge';
import { ImageVex, VexJudgement, VexOpinion } from '../vulnerabilities/vex';

/** The scans of an image under every policy that covers it; see {@link imageScans}. */
export type ImageScans = ScanState & {
  policies: SupplyChainPolicy[];
  /** What is stated about a finding; it counts no more where every policy about vulnerabilities agrees. */
  vex(finding: MergedFinding): VexJudgement;
};

/**
 * The scans of an image as figures and lists show them, so that a list has as many entries as the figures say: what is
 * signed counts if a policy that covers the image trusts the signer.
 *
 * @public
 */
export function imageScans(options: {
  facts: PolicyFacts;
  policies: readonly SupplyChainPolicy[];
  trustRoots: readonly TrustRoot[];
  now: Date;
}): ImageScans {
  const { facts, trustRoots, now } = options;
  const policies = options.policies.filter(
    policy => matchPolicy(policy, facts).matches,
  );
  return {
    policies,
    ...scanStateOf({
      facts,
      now,
      maxAgeHours: scanMaxAgeHours(policies),
      minTrust: scanMinTrust(policies),
      roots: rootsOfPolicies(policies, trustRoots),
    }),
    vex: vexOfPolicies({ ...options, policies }),
  };
}

/** A finding that one of the policies counts is never shown as set aside. */
function vexOfPolicies(options: {
  facts: PolicyFacts;
  policies: readonly SupplyChainPolicy[];
  trustRoots: readonly TrustRoot[];
  now: Date;
}): ImageScans['vex'] {
  const { facts, policies, trustRoots } = options;
  if (!hasVex(facts)) {
    return () => ({ isExcluded: false, opinions: [] });
  }
  const about = policies.filter(({ rules }) => rules.some(countsFindings));
  const vexUnder = (some: readonly SupplyChainPolicy[]) =>
    ImageVex.of({
      ...options,
      roots: rootsOfPolicies(some, trustRoots),
      minTrust: vexMinTrust(some),
    });
  const deciding = (about.length > 0 ? about : policies).map(each =>
    vexUnder([each]),
  );
  const all = vexUnder(policies);
  return finding => {
    const { isExcluded, opinions } = all.judge(finding);
    return isExcluded && deciding.every(each => each.judge(finding).isExcluded)
      ? { isExcluded, opinions }
      : { isExcluded: false, opinions: opinions.map(notCounting) };
  };
}

/** Usually there is none, and nothing of this is asked of any finding. */
function hasVex({ vex = [], provenance }: PolicyFacts): boolean {
  const { statements = [] } = provenance?.detail ?? {};
  return (
    vex.length > 0 || statements.some(({ content }) => content.type === 'vex')
  );
}

/** `scan-fresh` asks about scans, and not about what they found. */
function countsFindings(rule: PolicyRule): boolean {
  return (
    rule.use !== 'scan-fresh' &&
    questionsOfRule(rule).includes('vulnerabilities')
  );
}

/** What one policy would take, and another one does not. */
function notCounting(opinion: VexOpinion): VexOpinion {
  return opinion.counts
    ? { ...opinion, counts: false, reason: 'vexNotTrusted' }
    : opinion;
}
