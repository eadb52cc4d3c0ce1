import { Digest, ReasonCode } from 'backstage-plugin-supply-chain-common';

/** Thrown inside this folder where trust data is refused; `verifyCollection` turns it into a value. */
export class Refused extends Error {
  /** Hash of the file that is refused; set where a file is at fault. */
  carrier?: Digest;

  constructor(readonly reason: ReasonCode, message: string) {
    super(message);
    this.name = 'Refused';
  }
}
