import { ReasonCode } from 'backstage-plugin-supply-chain-common';

/** Thrown inside this folder where a signature is refused; `verifyCandidate` turns it into a value. */
export class Refused extends Error {
  constructor(readonly reason: ReasonCode, message: string) {
    super(message);
    this.name = 'Refused';
  }
}

/** The reason an error stands for. What nobody foresaw is a document that cannot be read. */
export function reasonOfError(error: unknown): ReasonCode {
  return error instanceof Refused ? error.reason : 'malformedBundle';
}
