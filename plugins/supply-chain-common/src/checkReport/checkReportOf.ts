import { canonicalDigest } from '../json/canonicalDigest';
import { Digest } from '../model/digest';
import { Finding } from '../model/finding';
import { ReasonCode } from '../model/reasonCodes';
import { DigestSource } from '../model/runningImage';
import { NO_WAIVERS_DIGEST } from '../policy/evaluation/evaluatePolicy';
import { describeRule } from '../policy/rules/describeRule';
import { ImageEvaluation, PolicyFacts, PolicySet } from '../policy/types';
import {
  CheckReport,
  CheckResult,
  ReportedEvidence,
  ReportedFinding,
} from './CheckReport';
import { reportProvenance } from './reportProvenance';
import { reportSignatures } from './reportSignatures';
import { reportVulnerabilities } from './reportVulnerabilities';

/**
 * An image that was looked at and judged.
 *
 * @public
 */
export type CheckedImage = {
  /** The reference as written. */
  imageRef: string;
  reference: { repository: string };
  digestSource: DigestSource;
  digest?: Digest;
  /** Why there is no digest. */
  failure?: { reason: ReasonCode; message: string };
  facts: PolicyFacts;
  evaluation: ImageEvaluation;
};

/**
 * Images that were judged at one instant by one set of policies.
 *
 * @public
 */
export type CheckReview = {
  images: CheckedImage[];
  policySet: PolicySet;
  now: Date;
  /** `injected`: the caller said when it is (L26). */
  clock: 'system' | 'injected';
  /** Who says so. */
  tool: CheckReport['tool'];
};

/**
 * What `check` adds to a report.
 *
 * @public
 */
export type ReportAdditions = {
  evidence: ReportedEvidence[];
  /** Match keys that were not known, by name of the policy (L29). */
  unknownKeys: ReadonlyMap<string, string[]>;
};

type ReportOptions = Pick<CheckReview, 'policySet' | 'now'> & {
  additions?: ReportAdditions;
};

/**
 * The report over all images.
 *
 * @public
 */
export function checkReportOf(
  { images, policySet, now, clock, tool }: CheckReview,
  additions?: ReportAdditions,
): CheckReport {
  const options = { policySet, now, additions };
  return {
    schemaVersion: 1,
    tool,
    evaluatedAt: now.toISOString(),
    clock,
    policies: policySet.policies.map(policy => ({
      name: policy.name,
      digest: policy.digest,
    })),
    ...(additions && { evidence: additions.evidence }),
    results: images.map(image => resultOf(image, options)),
  };
}

function resultOf(image: CheckedImage, options: ReportOptions): CheckResult {
  const { imageRef, reference, digest, digestSource, facts } = image;
  const { verdicts } = image.evaluation;
  const { outcome, reason } = answerOf(image, options);
  const { repository } = reference;
  const { platform } = facts.image;
  const [first] = verdicts;
  const provenance = reportProvenance(image, options);
  return {
    image: imageRef,
    subject: { repository, ...(digest && { digest }) },
    digestSource,
    ...(platform && { platform }),
    outcome,
    ...(reason && { reason }),
    signature: reportSignatures(image, options.policySet),
    ...(provenance && { provenance }),
    ...(options.additions && checkedBlocks(image, options)),
    findings: verdicts.flatMap(({ findings }) =>
      findings.map(finding => reportFinding(finding, options.policySet)),
    ),
    factsDigest: first?.factsDigest ?? canonicalDigest(facts),
    waiverDigest: first?.waiverDigest ?? NO_WAIVERS_DIGEST,
    contextMissing: contextMissing(image, options),
  };
}

/**
 * L4: where there is no digest nothing was looked at that could be deployed, whatever rules about names say. `verify`
 * has rules about content only, which say so themselves.
 */
function answerOf(
  { evaluation, digest, failure }: CheckedImage,
  { additions }: ReportOptions,
): Pick<ImageEvaluation, 'outcome' | 'reason'> {
  const isUnfounded =
    additions !== undefined &&
    digest === undefined &&
    !['fail', 'unknown', 'notApplicable'].includes(evaluation.outcome);
  return isUnfounded
    ? { outcome: 'unknown', reason: failure?.reason ?? 'digestUnknown' }
    : evaluation;
}

function checkedBlocks(
  image: CheckedImage,
  options: ReportOptions,
): Pick<CheckResult, 'vulnerabilities' | 'deploy'> {
  const { digest, reference } = image;
  const vulnerabilities = reportVulnerabilities(image, options);
  return {
    ...(vulnerabilities && { vulnerabilities }),
    ...(digest && { deploy: `${reference.repository}@${digest}` }),
  };
}

function contextMissing(
  { evaluation }: CheckedImage,
  { additions }: ReportOptions,
): string[] {
  const keys = evaluation.verdicts.flatMap(verdict => [
    ...(verdict.contextMissing ?? []),
    ...(additions?.unknownKeys.get(verdict.policy.name) ?? []),
  ]);
  return [...new Set(keys)].sort();
}

function reportFinding(
  finding: Finding,
  { policies }: PolicySet,
): ReportedFinding {
  const { ruleId, policy, severity, outcome, reason, message } = finding;
  const { effectiveOn, waiver, remediation } = finding;
  const rule = policies
    .find(each => each.name === policy)
    ?.rules.find(each => each.id === ruleId);
  return {
    ruleId,
    title: rule ? describeRule(rule).title : ruleId,
    policy,
    severity,
    outcome,
    ...(reason && { reason }),
    message,
    ...(effectiveOn && { effectiveOn }),
    ...(waiver && { waiver }),
    ...(remediation && {
      remediation: {
        who: remediation.who,
        action: remediation.action,
        ...(remediation.command && { command: remediation.command }),
      },
    }),
  };
}
