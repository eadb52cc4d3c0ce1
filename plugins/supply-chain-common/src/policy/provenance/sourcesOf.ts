import { EvidenceOf } from '../../model/evidence';
import { Signer } from '../../model/signature';
import { normaliseSourceRepository } from '../../sourceRepositories/normaliseSourceRepository';
import { checkAtInstant } from '../signatures/keyPeriods';
import { TrustRoot } from '../types';
import { certificateFacts } from './certificateFacts';
import type { ProvenanceJudgement, ProvenanceQuestion } from './provenanceFor';

/** A place an image was built from, and what says so. */
export type BuildSource = {
  /** Normalised; absent when it cannot be read as a repository. */
  repository?: string;
  /** As written. */
  uri: string;
  repositoryId?: string;
  /** A claim can prove that something is wrong, never that it is right (L8). */
  from: 'provenance' | 'signature' | 'claim';
};

/** Arguments of {@link sourcesOf}. */
export type SourcesQuestion = Omit<ProvenanceQuestion, 'facts'> & {
  signatures: EvidenceOf<'signature'>[];
  hostAliases: Readonly<Record<string, string>>;
  judgement: ProvenanceJudgement;
};

/**
 * Where an image was built from: by its verified provenance, else by the certificates that signed the image, else by
 * what is only claimed.
 */
export function sourcesOf(question: SourcesQuestion): BuildSource[] {
  const { judgement, hostAliases } = question;
  const stated = judgement.candidates.flatMap(({ status, facts }) =>
    facts.sourceUri
      ? [
          withRepository(hostAliases, {
            uri: facts.sourceUri,
            repositoryId: facts.repositoryId,
            from: status === 'verified' ? 'provenance' : 'claim',
          }),
        ]
      : [],
  );
  const verified = stated.filter(({ from }) => from === 'provenance');
  if (verified.length > 0) {
    return verified;
  }
  const signed = signedSources(question);
  return signed.length > 0 ? signed : stated;
}

/** The source repositories in the certificates of signatures that a root of the policy accounts for. */
function signedSources(question: SourcesQuestion): BuildSource[] {
  const { policy, trustRoots, signatures, now, hostAliases } = question;
  const named = policy.trust?.of ?? [];
  const roots = new Map(
    trustRoots
      .filter(({ name }) => named.includes(name))
      .map(root => [root.name, root]),
  );
  return signatures
    .filter(({ expiresAt }) => !expiresAt || now < new Date(expiresAt))
    .flatMap(({ detail }) => detail?.statements ?? [])
    .filter(({ kind }) => kind === 'signature')
    .flatMap(({ checks }) => checks)
    .filter(check => isVerified(check, roots.get(check.trustRoot), now))
    .flatMap(({ signer }) => sourceOfSigner(signer, hostAliases) ?? []);
}

function isVerified(
  check: Parameters<typeof checkAtInstant>[0]['check'],
  root: TrustRoot | undefined,
  now: Date,
): boolean {
  return (
    root !== undefined &&
    checkAtInstant({ check, root, now }).status === 'verified'
  );
}

function sourceOfSigner(
  signer: Signer | undefined,
  hostAliases: Readonly<Record<string, string>>,
): BuildSource | undefined {
  if (signer?.type !== 'identity') {
    return undefined;
  }
  const { sourceUri, repositoryId } = certificateFacts(signer);
  return sourceUri
    ? withRepository(hostAliases, {
        uri: sourceUri,
        repositoryId,
        from: 'signature',
      })
    : undefined;
}

function withRepository(
  hostAliases: Readonly<Record<string, string>>,
  source: Omit<BuildSource, 'repository'>,
): BuildSource {
  const repository = normaliseSourceRepository(source.uri, { hostAliases });
  return { ...source, ...(repository && { repository }) };
}
