import {
  canonicalDigest,
  describeRule,
  Finding,
  NO_WAIVERS_DIGEST,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { name, version } from '../../package.json';
import type { JudgedImage } from '../verify/judgeImages';
import type { Review } from '../verify/reviewImages';
import { reportProvenance } from './reportProvenance';
import { reportSignatures } from './reportSignatures';
import { reportVulnerabilities } from './reportVulnerabilities';
import {
  ReportedEvidence,
  ReportedFinding,
  VerifyReport,
  VerifyResult,
} from './verifyReport';

/** What `check` adds to a report. */
export type ReportAdditions = {
  evidence: ReportedEvidence[];
  /** Match keys that were not known, by name of the policy (L29). */
  unknownKeys: ReadonlyMap<string, string[]>;
};

type ReportOptions = Omit<Review, 'images' | 'clock'> & {
  additions?: ReportAdditions;
};

/** The report over all images. */
export function reportOf(
  { images, policySet, now, clock }: Review,
  additions?: ReportAdditions,
): VerifyReport {
  const options = { policySet, now, additions };
  return {
    schemaVersion: 1,
    tool: { name, version },
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

function resultOf(image: JudgedImage, options: ReportOptions): VerifyResult {
  const { imageRef, reference, digest, digestSource, facts } = image;
  const { outcome, reason, verdicts } = image.evaluation;
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

function checkedBlocks(
  image: JudgedImage,
  options: ReportOptions,
): Pick<VerifyResult, 'vulnerabilities' | 'deploy'> {
  const { digest, reference } = image;
  const vulnerabilities = reportVulnerabilities(image, options);
  return {
    ...(vulnerabilities && { vulnerabilities }),
    ...(digest && { deploy: `${reference.repository}@${digest}` }),
  };
}

function contextMissing(
  { evaluation }: JudgedImage,
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
