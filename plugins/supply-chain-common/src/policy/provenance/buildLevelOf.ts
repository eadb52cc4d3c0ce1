import { Digest } from '../../model/digest';
import { BuildClaims, ProvenanceStatement } from '../../model/provenance';
import { ReasonCode } from '../../model/reasonCodes';
import { TrustCheck } from '../../model/signature';
import { BuildLevel, BuiltInRuleParameters } from '../types';
import { builderBinding } from './builderBinding';
import { BuildFacts, buildFactsOf } from './buildFacts';
import { CertificateFacts, certificateFacts } from './certificateFacts';
import { contradictionOf } from './contradictionOf';
import { noteOnBuilder, reasonNotIsolated } from './isolatedBuilders';
import { objectionTo } from './objectionTo';
import { ProvenanceStatus } from './ProvenanceStatus';
import { refusedCheck } from './refusedCheck';
import { summaryLevelOf } from './summaryLevelOf';

/**
 * What the rule says of builders and triggers.
 *
 * @public
 */
export type ProvenanceParameters = Omit<
  BuiltInRuleParameters['provenance-verified'],
  'minimumLevel'
>;

/**
 * Arguments of {@link buildLevelOf}.
 *
 * @public
 */
export type BuildLevelQuestion = {
  statement: ProvenanceStatement;
  /** What one trust root says of it, as it stands now; absent for a bare statement. */
  check?: TrustCheck;
  /** What the statement should be about. */
  subject: { repository: string; digest: Digest };
  parameters: ProvenanceParameters;
};

/**
 * What one statement under one trust root says of the build.
 *
 * @public
 */
export type BuildLevelResult = {
  status: Exclude<ProvenanceStatus, 'absent'>;
  /** A claim is never above 1. */
  level: BuildLevel;
  /** What the level rests on, or why it is no higher, the most telling first. */
  reasons: ReasonCode[];
  facts: BuildFacts;
  /** Why the build must not be a release, however well it is attested. */
  objection?: ReasonCode;
  /** In words: what contradicts what. */
  contradiction?: string;
};

/**
 * The SLSA Build level one statement proves or claims: https://slsa.dev/spec/v1.2/build-track-basics
 *
 * - 0: it says nothing that counts.
 * - 1: provenance that names builder and build type. Unsigned, or signed by nobody the roots account for, it is
 *   `claimed`; a key or person that is not tied to the builder makes it `verified` and no more.
 * - 2: the certificate names the builder, or the rule lists the builder for a key, and the runner is hosted. A key
 *   stays here: it says who signed, not on what machine.
 * - 3: moreover the builder is on the list of those that isolate, used at a release tag, on GitHub's own runners, and
 *   lies outside the repository it builds.
 *
 * What the certificate says outranks the body of the provenance; where they differ it is a `mismatch`.
 *
 * @public
 */
export function buildLevelOf(question: BuildLevelQuestion): BuildLevelResult {
  const { statement, check, parameters } = question;
  const { content } = statement;
  switch (content.type) {
    case 'slsaProvenance': {
      const certificate = certificateOf(statement, check);
      const facts = buildFactsOf(content.claims, certificate);
      const objection = objectionTo(facts, parameters.triggers);
      return {
        ...provenanceLevel({ question, claims: content.claims, certificate }),
        facts,
        ...(objection && { objection }),
      };
    }
    case 'verificationSummary':
      return (
        refusedCheck(statement, check, 0, {
          builder: content.summary.verifierId,
        }) ?? summaryLevelOf({ ...question, summary: content.summary })
      );
    default:
      return unreadable(statement, check);
  }
}

function unreadable(
  statement: ProvenanceStatement,
  check: TrustCheck | undefined,
): BuildLevelResult {
  const refused = refusedCheck(statement, check, 0, {});
  return refused && refused.status !== 'claimed'
    ? refused
    : {
        // What nobody signed is no more than a claim, readable or not.
        status: refused ? 'claimed' : 'invalid',
        level: 0,
        reasons: ['provenanceUnreadable'],
        facts: {},
      };
}

/** Of a signature that did not verify the certificate proves nothing. */
function certificateOf(
  statement: ProvenanceStatement,
  check: TrustCheck | undefined,
): CertificateFacts | undefined {
  return statement.signed &&
    check?.status === 'verified' &&
    check.signer?.type === 'identity'
    ? certificateFacts(check.signer)
    : undefined;
}

type Leveling = {
  question: BuildLevelQuestion;
  claims: BuildClaims;
  certificate: CertificateFacts | undefined;
};

type Level = Omit<BuildLevelResult, 'facts' | 'objection'>;

function provenanceLevel(leveling: Leveling): Level {
  const { question, claims, certificate } = leveling;
  const { statement, check } = question;
  const isNamed = claims.builderId !== '' && claims.buildType !== '';
  const refused = refusedCheck(statement, check, isNamed ? 1 : 0, {});
  if (refused) {
    const { facts: _none, ...level } = refused;
    return isNamed
      ? level
      : { ...level, reasons: [...level.reasons, 'builderUnnamed'] };
  }
  const contradiction = certificate && contradictionOf(claims, certificate);
  if (contradiction) {
    return {
      status: 'mismatch',
      level: 0,
      reasons: ['provenanceContradictsCertificate'],
      contradiction,
    };
  }
  return isNamed
    ? boundLevel(leveling)
    : { status: 'verified', level: 0, reasons: ['builderUnnamed'] };
}

/** The level of provenance that is signed by a trusted signer and agrees with its certificate. */
function boundLevel({ question, claims, certificate }: Leveling): Level {
  const { check, parameters } = question;
  const { builderId } = claims;
  const binding = builderBinding({
    builderId,
    signer: check?.signer,
    certificate,
    builders: parameters.builders,
  });
  switch (binding) {
    case 'contradicted':
      return { status: 'claimed', level: 1, reasons: ['builderNotProven'] };
    case 'unlisted':
      return { status: 'claimed', level: 1, reasons: ['builderNotListed'] };
    case 'unbound':
      return { status: 'verified', level: 1, reasons: ['builderNotBound'] };
    default: {
      const runner = certificate?.runnerEnvironment ?? claims.runnerEnvironment;
      return (
        belowHosted(runner, parameters) ??
        isolatedLevel(builderId, question, certificate)
      );
    }
  }
}

const HOSTED_RUNNERS: readonly string[] = ['github-hosted', 'gitlab-hosted'];

/** Level 2 wants a hosted platform. Certificates without the extension are older than it. */
function belowHosted(
  runner: string | undefined,
  { allowSelfHosted }: ProvenanceParameters,
): Level | undefined {
  if (runner === undefined || HOSTED_RUNNERS.includes(runner)) {
    return undefined;
  }
  if (runner === 'self-hosted') {
    return allowSelfHosted
      ? undefined
      : { status: 'verified', level: 1, reasons: ['runnerSelfHosted'] };
  }
  // For instance a run somebody logged in to: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md
  return { status: 'verified', level: 1, reasons: ['runnerNotHosted'] };
}

function isolatedLevel(
  builderId: string,
  { parameters }: BuildLevelQuestion,
  certificate: CertificateFacts | undefined,
): Level {
  const reason = certificate?.signerWorkflow
    ? reasonNotIsolated({
        builderId,
        certificate,
        isolatedBuilders: parameters.isolatedBuilders,
      })
    : 'builderNotIsolated';
  if (reason) {
    return { status: 'verified', level: 2, reasons: [reason] };
  }
  const note = noteOnBuilder(certificate!);
  return { status: 'verified', level: 3, reasons: note ? [note] : [] };
}
