import { matchPolicy } from '../policy/evaluation/matchPolicy';
import { imageOwnership } from '../policy/imageOwnership';
import {
  provenanceFor,
  ProvenanceJudgement,
} from '../policy/provenance/provenanceFor';
import { provenanceParameters } from '../policy/provenance/provenanceParameters';
import { ProvenanceStatus } from '../policy/provenance/ProvenanceStatus';
import {
  Expectation,
  expectationOf,
} from '../policy/rules/built-from-own-repository/expectation';
import { signerText } from '../policy/signatures/signerText';
import { questionsOfRule } from '../policy/rules/questionsOfRule';
import { PolicyFacts, SupplyChainPolicy, TrustRoot } from '../policy/types';
import type { ProvenanceSummary } from '../schema/openapi';

/** Which status is shown where policies differ; the same order as for signatures. */
const STATUS_WORST_FIRST: readonly ProvenanceStatus[] = [
  'mismatch',
  'invalid',
  'untrustedSigner',
  'claimed',
  'absent',
  'unavailable',
  'verified',
];

/**
 * Arguments of {@link provenanceSummary}.
 *
 * @public
 */
export type ProvenanceSummaryOptions = {
  facts: PolicyFacts;
  policies: SupplyChainPolicy[];
  trustRoots: TrustRoot[];
  now: Date;
};

/**
 * How an image was made in a few words: the worst status, then the lowest level, over the policies that match and ask
 * about provenance. `undefined` when none does, or the digest is not known.
 *
 * @public
 */
export function provenanceSummary(
  options: ProvenanceSummaryOptions,
): ProvenanceSummary | undefined {
  const { facts, policies } = options;
  if (!facts.image.digest || !facts.image.repository) {
    return undefined;
  }
  const [worst] = policies
    .filter(
      policy => matchPolicy(policy, facts).matches && asksProvenance(policy),
    )
    .map(policy => ({ policy, judgement: judgementOf(policy, options) }))
    .sort(
      (left, right) =>
        rank(left.judgement.status) - rank(right.judgement.status) ||
        left.judgement.level - right.judgement.level,
    );
  return worst && summarize(facts, worst);
}

/**
 * Where a status of provenance stands; 0 is worst.
 *
 * @public
 */
export function provenanceStatusRank(status: ProvenanceStatus): number {
  return rank(status);
}

function rank(status: ProvenanceStatus): number {
  return STATUS_WORST_FIRST.indexOf(status);
}

function asksProvenance({ rules }: SupplyChainPolicy): boolean {
  return rules.some(rule => questionsOfRule(rule).includes('provenance'));
}

function judgementOf(
  policy: SupplyChainPolicy,
  { facts, trustRoots, now }: ProvenanceSummaryOptions,
): ProvenanceJudgement {
  const parameters = provenanceParameters(policy);
  return provenanceFor({ policy, trustRoots, facts, parameters, now });
}

type Judged = { policy: SupplyChainPolicy; judgement: ProvenanceJudgement };

function summarize(
  facts: PolicyFacts,
  { policy, judgement }: Judged,
): ProvenanceSummary {
  const { status, level, reasons, objection, build, decidedBy } = judgement;
  const { statement, check } = decidedBy ?? {};
  const { provenance } = facts;
  const reason = status === 'verified' ? objection : reasons[0];
  const source = build.repository ?? build.sourceUri;
  const expected = expectationIn(facts, policy);
  return {
    status,
    ...(reason && { reason }),
    level,
    levelReasons: reasons,
    ...(source && { source }),
    ...(expected?.repository && { expectedSource: expected.repository }),
    // L24: only where it differs from the source the entry names.
    ...(expected?.repository &&
      expected.elsewhere && { catalogLocation: expected.elsewhere }),
    ...buildText(build),
    ...(check && { trustRoot: check.trustRoot }),
    ...(check?.signer && { signer: signerText(check.signer) }),
    ...(check?.signedAt && { signedAt: check.signedAt }),
    ...(statement && {
      foundIn: statement.foundIn,
      relation: statement.relation,
      predicateType: statement.predicateType,
    }),
    ...(provenance && { observedAt: provenance.observedAt }),
    ...(provenance?.lastLook && { lastLook: provenance.lastLook }),
  };
}

function buildText(build: ProvenanceJudgement['build']) {
  const { ref, commit, builder, buildType, workflow } = build;
  const { trigger, run, runnerEnvironment } = build;
  return {
    ...(ref && { ref }),
    ...(commit && { commit }),
    ...(builder && { builder }),
    ...(buildType && { buildType }),
    ...(workflow && { workflow }),
    ...(trigger && { trigger }),
    ...(run && { run }),
    ...(runnerEnvironment && { runnerEnvironment }),
  };
}

/** Images of others have no repository of ours they should come from (L36). */
function expectationIn(
  facts: PolicyFacts,
  policy: SupplyChainPolicy,
): Expectation | undefined {
  if (imageOwnership(policy, facts.image) !== 'own') {
    return undefined;
  }
  const [parameters] = policy.rules.flatMap(rule =>
    rule.use === 'built-from-own-repository' ? [rule.with] : [],
  );
  return expectationOf({
    facts,
    policy,
    parameters: parameters ?? { hostAliases: {} },
  });
}
