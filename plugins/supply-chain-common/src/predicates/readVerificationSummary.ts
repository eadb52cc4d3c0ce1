import { z } from 'zod';
import { VerificationSummary } from '../model/provenance';
import { optionalText, textShape } from './predicateShapes';

const LEVELS_MAX = 64;

// https://slsa.dev/spec/v1.2/verification_summary
const summaryShape = z.object({
  verifier: z.object({ id: textShape.min(1) }),
  timeVerified: optionalText,
  resourceUri: textShape.min(1),
  policy: z.object({ uri: optionalText }).nullish(),
  verificationResult: z.enum(['PASSED', 'FAILED']),
  verifiedLevels: z.array(z.string().max(128)).max(LEVELS_MAX).nullish(),
  slsaVersion: optionalText,
});

/** Reads a verification summary. */
export function readVerificationSummary(
  predicate: unknown,
): z.SafeParseReturnType<unknown, VerificationSummary> {
  return summaryShape
    .transform(({ verifier, timeVerified, policy, slsaVersion, ...rest }) => ({
      verifierId: verifier.id,
      ...(timeVerified && { timeVerified }),
      resourceUri: rest.resourceUri,
      ...(policy?.uri && { policyUri: policy.uri }),
      result: rest.verificationResult,
      verifiedLevels: rest.verifiedLevels ?? [],
      ...(slsaVersion && { slsaVersion }),
    }))
    .safeParse(predicate);
}
