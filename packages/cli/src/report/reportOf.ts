import {
  canonicalDigest,
  Finding,
  NO_WAIVERS_DIGEST,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { name, version } from '../../package.json';
import type { JudgedImage } from '../verify/judgeImages';
import { reportProvenance } from './reportProvenance';
import { reportSignatures } from './reportSignatures';
import { ReportedFinding, VerifyReport, VerifyResult } from './verifyReport';

/** The report over all images. */
export function reportOf(options: {
  images: JudgedImage[];
  policySet: PolicySet;
  now: Date;
  clock: VerifyReport['clock'];
}): VerifyReport {
  const { images, policySet, now, clock } = options;
  return {
    schemaVersion: 1,
    tool: { name, version },
    evaluatedAt: now.toISOString(),
    clock,
    policies: policySet.policies.map(policy => ({
      name: policy.name,
      digest: policy.digest,
    })),
    results: images.map(image => resultOf(image, { policySet, now })),
  };
}

function resultOf(
  image: JudgedImage,
  options: { policySet: PolicySet; now: Date },
): VerifyResult {
  const { imageRef, reference, digest, digestSource, facts } = image;
  const { outcome, reason, verdicts } = image.evaluation;
  const { platform } = facts.image;
  const contextMissing = verdicts.flatMap(each => each.contextMissing ?? []);
  const [first] = verdicts;
  const provenance = reportProvenance(image, options);
  return {
    image: imageRef,
    subject: { repository: reference.repository, ...(digest && { digest }) },
    digestSource,
    ...(platform && { platform }),
    outcome,
    ...(reason && { reason }),
    signature: reportSignatures(image, options.policySet),
    ...(provenance && { provenance }),
    findings: verdicts.flatMap(({ findings }) => findings.map(reportFinding)),
    factsDigest: first?.factsDigest ?? canonicalDigest(facts),
    waiverDigest: first?.waiverDigest ?? NO_WAIVERS_DIGEST,
    contextMissing: [...new Set(contextMissing)].sort(),
  };
}

function reportFinding(finding: Finding): ReportedFinding {
  const { ruleId, policy, severity, outcome, reason, message, effectiveOn } =
    finding;
  return {
    ruleId,
    policy,
    severity,
    outcome,
    ...(reason && { reason }),
    message,
    ...(effectiveOn && { effectiveOn }),
  };
}
