import { PolicySet } from '../policy/types';
import { provenanceSummary } from '../summary/provenanceSummary';
import { ReportedProvenance } from './CheckReport';
import type { CheckedImage } from './checkReportOf';

/** The provenance block of one image; `undefined` when no matching policy asks, or there is no digest to ask about. */
export function reportProvenance(
  { facts }: CheckedImage,
  options: { policySet: PolicySet; now: Date },
): ReportedProvenance | undefined {
  const { policySet, now } = options;
  const summary = provenanceSummary({ facts, ...policySet, now });
  if (!summary) {
    return undefined;
  }
  const { status, level, levelReasons, source, expectedSource } = summary;
  const { builder, ref, commit, workflow, trustRoot, signer } = summary;
  return {
    status,
    level,
    ...(source && { source }),
    ...(expectedSource && { expectedSource }),
    ...(builder && { builder }),
    ...(ref && { ref }),
    ...(commit && { commit }),
    ...(workflow && { workflow }),
    ...(trustRoot && { trustRoot }),
    ...(signer && { signer }),
    reasons: levelReasons,
  };
}
