import { ReasonCode } from 'backstage-plugin-supply-chain-common';

/** Why a page of the feed is not taken, with its reason code. */
export class FeedProblem extends Error {
  readonly reason: ReasonCode;
  /** Whether reading everything again would help. */
  readonly startOver: boolean;

  constructor(
    reason: ReasonCode,
    message: string,
    { startOver = false }: { startOver?: boolean } = {},
  ) {
    super(message);
    this.name = 'FeedProblem';
    this.reason = reason;
    this.startOver = startOver;
  }
}
