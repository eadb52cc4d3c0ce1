import { schema } from 'backstage-plugin-supply-chain-common';

type Status = schema.SignatureSummary['status'];

const OUTCOMES: Record<Status, schema.Outcome> = {
  verified: 'pass',
  untrustedSigner: 'fail',
  invalid: 'fail',
  expired: 'fail',
  unsigned: 'fail',
  unavailable: 'unknown',
};

/**
 * The sign a signature status is shown with; the policy alone decides what it means.
 */
export function outcomeOfSignature(status: Status): schema.Outcome {
  return OUTCOMES[status];
}
