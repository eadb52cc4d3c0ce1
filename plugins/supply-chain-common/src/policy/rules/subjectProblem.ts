import { PolicyFacts } from '../types';
import { RuleResult } from './rule';

/**
 * What keeps every rule about `repository@digest` from an answer, or `undefined` when the image has both (L4).
 */
export function subjectProblem(facts: PolicyFacts): RuleResult | undefined {
  const { repository, digest, started, imageRef } = facts.image;
  if (repository === undefined) {
    return unreadableReference(facts);
  }
  if (digest !== undefined) {
    return undefined;
  }
  return started
    ? {
        outcome: 'unknown',
        reason: 'digestUnknown',
        message: `The cluster reports no registry digest for "${imageRef}".`,
        facts: { imageRef },
        remediation: {
          who: 'platformTeam',
          action: 'reportDigest',
          parameters: { imageRef },
        },
      }
    : {
        outcome: 'unknown',
        reason: 'neverStarted',
        message: `The container with "${imageRef}" never started.`,
        facts: { imageRef },
      };
}

/** The answer of every rule to a reference that cannot be read. */
export function unreadableReference(facts: PolicyFacts): RuleResult {
  const { imageRef } = facts.image;
  return {
    outcome: 'unknown',
    reason: 'referenceUnreadable',
    message: `The reference "${imageRef}" is not valid.`,
    facts: { imageRef },
    remediation: {
      who: 'serviceOwner',
      action: 'pinDigest',
      parameters: { imageRef },
    },
  };
}
