import {
  AdmissionFeedPage,
  CLOCK_TOLERANCE_MS,
} from 'backstage-plugin-supply-chain-common';
import { FeedProblem } from './FeedProblem';

/** What a page has to fit. */
export type PageExpectation = {
  /** The cursor that was asked about. */
  since: string;
  /** The number of the newest page taken before. */
  lastSequence: number;
  now: Date;
};

/**
 * Takes a page that is genuine only when it is the one asked for, newer than every one before, and in force (L34).
 *
 * @throws FeedProblem
 */
export function acceptPage(
  page: AdmissionFeedPage,
  { since, lastSequence, now }: PageExpectation,
): void {
  const { sequence, issuedAt, expiresAt } = page;
  if (sequence <= lastSequence) {
    throw new FeedProblem(
      'feedWentBack',
      `expected a number above ${lastSequence}, got ${sequence}`,
    );
  }
  if (page.since !== since) {
    throw new FeedProblem(
      'feedMalformed',
      'expected the page that was asked for, got another one',
    );
  }
  if (Date.parse(issuedAt) > now.getTime() + CLOCK_TOLERANCE_MS) {
    throw new FeedProblem('feedFromFuture', `it was issued at ${issuedAt}`);
  }
  if (Date.parse(expiresAt) <= now.getTime()) {
    throw new FeedProblem('feedExpired', `it expired at ${expiresAt}`);
  }
}
