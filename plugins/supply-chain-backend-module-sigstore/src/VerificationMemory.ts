import { createHash, Hash } from 'node:crypto';
import { Digest, TrustRoot } from 'backstage-plugin-supply-chain-common';
import { Turns } from './Turns';
import {
  Candidate,
  CandidateResult,
  NamedTrustRoot,
  verifyCandidate,
} from './verify';

/** Far more than a portal's images have signatures; the one not asked for longest goes first. */
const RESULTS_MAX = 4096;
/** What attested scans found takes far more room than anything else that is remembered; about 100 MB. */
const FINDINGS_MAX = 200_000;

/** Arguments of {@link VerificationMemory.verify}. */
export type MemorableVerification = {
  candidate: Candidate;
  about: Digest;
  trustRoots: (NamedTrustRoot & Pick<TrustRoot, 'digest'>)[];
  now: Date;
};

/**
 * Verifies bytes once under the same trust: signatures are looked for again and again, and they hardly ever change.
 *
 * What is remembered is found by the hash of everything the result depends on: the bytes, what they must cover, and the
 * contents of every trust root. The one thing beside these is the time, and only where a key has a period and nothing
 * proves when it signed; with such a key nothing is remembered.
 */
export class VerificationMemory {
  readonly #results = new Map<string, CandidateResult>();
  readonly #turns = new Turns();
  #findings = 0;

  /** The result of `verifyCandidate`, of now or of before. */
  async verify(options: MemorableVerification): Promise<CandidateResult> {
    if (options.trustRoots.some(dependsOnTime)) {
      return this.#turns.take(() => verifyCandidate(options));
    }
    const key = keyOf(options);
    const known = this.#results.get(key);
    const result =
      known ?? (await this.#turns.take(() => verifyCandidate(options)));
    this.#remember(key, result);
    return result;
  }

  #remember(key: string, result: CandidateResult): void {
    this.#forget(key);
    this.#results.set(key, result);
    this.#findings += findingsOf(result);
    while (this.#results.size > RESULTS_MAX || this.#findings > FINDINGS_MAX) {
      this.#forget(this.#results.keys().next().value as string);
    }
  }

  #forget(key: string): void {
    const result = this.#results.get(key);
    this.#findings -= result ? findingsOf(result) : 0;
    this.#results.delete(key);
  }
}

function findingsOf({ content }: CandidateResult): number {
  switch (content?.type) {
    case 'vulnerabilityScan':
      return content.scan?.findings.length ?? 0;
    case 'vex':
      return content.document?.statements.length ?? 0;
    default:
      return 0;
  }
}

function dependsOnTime({ compiled }: NamedTrustRoot): boolean {
  return (
    compiled.ok &&
    compiled.value.type === 'keys' &&
    compiled.value.keys.some(({ notBefore, notAfter }) => notBefore ?? notAfter)
  );
}

function keyOf({
  candidate,
  about,
  trustRoots,
}: MemorableVerification): string {
  const hash = createHash('sha256');
  append(hash, candidate.form, about);
  trustRoots.forEach(({ name, digest }) => append(hash, name, digest));
  switch (candidate.form) {
    case 'bundle':
      append(hash, candidate.bytes, candidate.artifact ?? 'none');
      break;
    case 'simpleSigning':
      append(hash, candidate.payload, JSON.stringify(candidate.annotations));
      break;
    default:
      append(hash, candidate.bytes, JSON.stringify(candidate.annotations));
  }
  return hash.digest('base64');
}

/** Each part with its length: no two lists of parts are the same bytes. */
function append(hash: Hash, ...parts: (string | Uint8Array)[]): void {
  for (const part of parts) {
    const bytes = Buffer.from(part);
    hash.update(`${bytes.length}:`).update(bytes);
  }
}
