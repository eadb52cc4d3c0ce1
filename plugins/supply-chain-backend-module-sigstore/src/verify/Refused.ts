import {
  ReasonCode,
  reasonDefinition,
  TrustCheck,
} from 'backstage-plugin-supply-chain-common';

type RefusalStatus = Exclude<TrustCheck['status'], 'verified'>;

/** Thrown inside this folder where a signature is refused; `verifyCandidate` turns it into a value. */
export class Refused extends Error {
  constructor(readonly reason: ReasonCode, message: string) {
    super(message);
    this.name = 'Refused';
  }
}

/** The one status a reason belongs to (L11). */
export function statusOfReason(reason: ReasonCode): RefusalStatus {
  return reasonDefinition(reason).status as RefusalStatus;
}

/** The reason an error stands for. What nobody foresaw is a document that cannot be read. */
export function reasonOfError(error: unknown): ReasonCode {
  return error instanceof Refused ? error.reason : 'malformedBundle';
}
