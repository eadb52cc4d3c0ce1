import { schema } from 'backstage-plugin-supply-chain-common';

type Provenance = schema.ProvenanceSummary;

const OUTCOMES: Record<Provenance['status'], schema.Outcome> = {
  verified: 'pass',
  // Anybody who can push may claim: never green.
  claimed: 'warn',
  mismatch: 'fail',
  untrustedSigner: 'fail',
  invalid: 'fail',
  // Looked and found nothing.
  absent: 'notApplicable',
  unavailable: 'unknown',
};

/**
 * The sign a status is shown with where nothing is known of what was expected, as in the history.
 */
export function outcomeOfProvenanceStatus(
  status: Provenance['status'],
): schema.Outcome {
  return OUTCOMES[status];
}

/** How the repository an image was built from compares with the one expected. */
export type SourceComparison = {
  outcome: schema.Outcome;
  result:
    | 'same'
    | 'sameByAlias'
    | 'sameUnproven'
    | 'sameUntrusted'
    | 'sameInvalid'
    | 'sameContradicted'
    | 'sameElsewhere'
    | 'different'
    | 'notStated'
    | 'notKnown'
    | 'noExpectation';
};

/** The rule that compares repositories, with aliases of hosts and immutable ids. */
function ruleOutcome(verdicts: schema.Verdict[]): schema.Outcome | undefined {
  const outcomes = verdicts
    .flatMap(({ findings }) => findings)
    .filter(({ ruleId }) => ruleId === 'built-from-own-repository')
    .map(({ outcome }) => outcome);
  return outcomes.find(outcome => outcome !== 'pass') ?? outcomes[0];
}

/**
 * Compares where an image was built from with what was expected; what nobody proved is never green.
 */
export function compareSource(
  provenance: Provenance,
  verdicts: schema.Verdict[],
): SourceComparison {
  const { status, source, expectedSource } = provenance;
  if (status === 'unavailable') {
    return { outcome: 'unknown', result: 'notKnown' };
  }
  if (!source) {
    return { outcome: 'unknown', result: 'notStated' };
  }
  if (!expectedSource) {
    return { outcome: 'unknown', result: 'noExpectation' };
  }
  const rule = ruleOutcome(verdicts);
  if (source !== expectedSource) {
    return rule === 'pass'
      ? { outcome: 'pass', result: 'sameByAlias' }
      : { outcome: 'fail', result: 'different' };
  }
  if (status !== 'verified') {
    return notVerified(provenance);
  }
  // The same address may be another repository: deleted and made again.
  return { outcome: rule === 'fail' ? 'fail' : 'pass', result: 'same' };
}

/** The same repository is named, and something else speaks against believing it. */
function notVerified({ status, reason }: Provenance): SourceComparison {
  switch (status) {
    case 'untrustedSigner':
      return { outcome: 'warn', result: 'sameUntrusted' };
    case 'invalid':
      return { outcome: 'warn', result: 'sameInvalid' };
    case 'mismatch':
      // What is shown is what the certificate proves.
      return reason === 'provenanceContradictsCertificate'
        ? { outcome: 'fail', result: 'sameContradicted' }
        : { outcome: 'warn', result: 'sameElsewhere' };
    default:
      return { outcome: 'warn', result: 'sameUnproven' };
  }
}

/**
 * The sign a provenance is shown with: verified, and yet red when it proves another repository. The policy alone
 * decides what it means.
 */
export function outcomeOfProvenance(
  provenance: Provenance,
  verdicts: schema.Verdict[],
): schema.Outcome {
  const isFromElsewhere =
    provenance.status === 'verified' &&
    compareSource(provenance, verdicts).outcome === 'fail';
  return isFromElsewhere ? 'fail' : OUTCOMES[provenance.status];
}
