import { VerificationSummary } from '../../model/provenance';
import { matchesTextPattern } from '../textPattern';
import { BuildLevel } from '../types';
import type { BuildLevelQuestion, BuildLevelResult } from './buildLevelOf';

const LEVEL = /^SLSA_BUILD_LEVEL_([0-3])$/;
/** Ways to say that an address is that of an image. */
const SCHEME = /^(?:oci|docker|https):\/\//;

/**
 * What a signed verification summary says: the level its verifier asserts, nothing that was proven here.
 *
 * A verifier and the key it signs with are a pair, so the rule names it under the trust root that signed; otherwise
 * whoever may sign provenance could speak for every verifier.
 *
 * https://slsa.dev/spec/v1.2/verification_summary#how-to-verify
 */
export function summaryLevelOf(
  question: BuildLevelQuestion & { summary: VerificationSummary },
): BuildLevelResult {
  const { summary } = question;
  const facts = { builder: summary.verifierId };
  const stated = statedLevel(summary);
  if (!isNamedVerifier(question)) {
    return {
      status: 'claimed',
      level: stated === undefined || stated === 0 ? 0 : 1,
      reasons: ['verifierNotListed'],
      facts,
    };
  }
  if (!isAboutSubject(question)) {
    return {
      status: 'mismatch',
      level: 0,
      reasons: ['summaryOtherResource'],
      facts,
      contradiction: `resource: expected "${question.subject.repository}", the summary says "${summary.resourceUri}"`,
    };
  }
  if (summary.result === 'FAILED') {
    return { status: 'invalid', level: 0, reasons: ['summaryFailed'], facts };
  }
  return {
    status: 'verified',
    level: stated ?? 0,
    reasons: stated === undefined ? ['summaryWithoutLevel'] : [],
    facts,
  };
}

function statedLevel({ verifiedLevels }: VerificationSummary) {
  const levels = verifiedLevels.flatMap(text => {
    const [, level] = LEVEL.exec(text) ?? [];
    return level ? [Number(level) as BuildLevel] : [];
  });
  return levels.length > 0 ? (Math.max(...levels) as BuildLevel) : undefined;
}

function isNamedVerifier({
  check,
  summary,
  parameters,
}: BuildLevelQuestion & { summary: VerificationSummary }): boolean {
  const verifiers = parameters.verifiers ?? {};
  const root = check?.trustRoot ?? '';
  return (
    Object.hasOwn(verifiers, root) &&
    verifiers[root].some(each => matchesTextPattern(each, summary.verifierId))
  );
}

function isAboutSubject({
  statement,
  subject,
  summary,
}: BuildLevelQuestion & { summary: VerificationSummary }): boolean {
  const { repository, digest } = subject;
  const resource = summary.resourceUri.replace(SCHEME, '');
  // The signed subject holds the digest; here it may be left out, and an index may stand for what it lists.
  return [repository, `${repository}@${digest}`]
    .concat(statement.covers ? [`${repository}@${statement.covers}`] : [])
    .includes(resource);
}
