import type { KeyObject } from 'node:crypto';
import type { TransparencyLogEntry } from '@sigstore/bundle';
import { RFC3161Timestamp } from '@sigstore/core';
import { SignedEntity, Verifier } from '@sigstore/verify';
import { TransparencyLogFact } from 'backstage-plugin-supply-chain-common';
import {
  CompiledRequirements,
  SigstoreAuthorities,
} from 'backstage-plugin-supply-chain-node/trust';
import { ParsedCandidate } from './candidate';
import { checkLogEntry, LoggedSigner } from './checkLogEntry';
import { runLibrary } from './libraryReasons';
import { Refused } from './Refused';
import { isEnvelopeEntry, verifyEnvelopeEntry } from './verifyEnvelopeEntry';

/** Origin, size, root, further lines, signatures: https://github.com/C2SP/C2SP/blob/main/tlog-checkpoint.md */
const CHECKPOINT =
  /^[^\n]+\n(\d+)\n([A-Za-z0-9+/=]+)\n(?:[^\n]+\n)*\n(?:\u2014 [^\s]+ [^\s]+\n)+$/;

/** What log and timestamp authorities prove about a signature. */
export type ProvenTime = {
  /** Every trusted time, earliest first. */
  times: Date[];
  transparencyLog?: TransparencyLogFact;
};

/** Arguments of {@link verifyLogAndTime}. */
export type LogAndTimeOptions = {
  candidate: ParsedCandidate;
  publicKey: KeyObject;
  signer: LoggedSigner;
  authorities: SigstoreAuthorities;
  requirements: CompiledRequirements;
};

/**
 * Verifies log entries, timestamps and the signature itself, as far as the trust root wants them (L14). What a root
 * does not want is not looked at; what it takes `whenPresent` must be good when present.
 *
 * `timestamps` asks for one trusted time: of a timestamp authority, or of a log that signed the time of inclusion.
 *
 * @throws Refused
 */
export function verifyLogAndTime(options: LogAndTimeOptions): ProvenTime {
  const { candidate, signer, authorities, requirements } = options;
  const entries =
    requirements.transparencyLog === 'none' ? [] : candidate.logEntries;
  if (requirements.transparencyLog === 'required' && entries.length === 0) {
    throw new Refused('transparencyLogMissing', 'there is no log entry');
  }
  const tokens =
    requirements.timestamps === 'none'
      ? []
      : candidate.timestampTokens.map(readToken);
  const timedEntries = entries.filter(hasPromisedTime);
  const times = [
    ...tokens.map(token =>
      runLibrary(() => token.signingTime, 'timestampInvalid'),
    ),
    ...timedEntries.map(entry => new Date(Number(entry.integratedTime) * 1000)),
  ].sort((one, other) => one.getTime() - other.getTime());
  requireTime(times, { signer, requirements });
  entries.forEach(entry => checkLogEntry(entry, signer));
  entries
    .filter(isEnvelopeEntry)
    .forEach(entry => verifyEnvelopeEntry(entry, options));
  verifyByLibrary(options, {
    entries: entries.filter(entry => !isEnvelopeEntry(entry)),
    tokens,
  });
  entries.forEach(entry => {
    checkLogPeriod(entry, { times, authorities });
    checkStatedTree(entry);
  });
  return {
    times,
    ...(entries.length > 0 && { transparencyLog: factOf(entries[0]) }),
  };
}

function verifyByLibrary(
  { candidate, publicKey, authorities }: LogAndTimeOptions,
  proofs: { entries: TransparencyLogEntry[]; tokens: RFC3161Timestamp[] },
): void {
  const verifier = new Verifier(
    {
      ...authorities,
      // The key was chosen by us; the period of a key is checked where the key comes from.
      publicKey: () => ({ publicKey, validFor: () => true }),
    },
    { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 },
  );
  const entity: SignedEntity = {
    signature: candidate.content,
    key: { $case: 'public-key', hint: '' },
    tlogEntries: proofs.entries,
    timestamps: [
      ...proofs.tokens.map(timestamp => ({
        $case: 'timestamp-authority' as const,
        timestamp,
      })),
      ...proofs.entries.filter(hasPromisedTime).map(tlogEntry => ({
        $case: 'transparency-log' as const,
        tlogEntry,
      })),
    ],
  };
  runLibrary(() => verifier.verify(entity), 'malformedBundle');
}

function readToken(der: Buffer): RFC3161Timestamp {
  return runLibrary(
    () => RFC3161Timestamp.parse(Buffer.from(der)),
    'timestampInvalid',
  );
}

/** Only the log's signature over the time of inclusion makes that time trusted (CVE-2026-48816). */
function hasPromisedTime(entry: TransparencyLogEntry): boolean {
  return (
    entry.inclusionPromise !== undefined && Number(entry.integratedTime) > 0
  );
}

function requireTime(
  times: Date[],
  options: Pick<LogAndTimeOptions, 'signer' | 'requirements'>,
): void {
  if (times.some(time => Number.isNaN(time.getTime()))) {
    throw new Refused('timestampInvalid', 'a time cannot be read');
  }
  if (times.length > 0) {
    return;
  }
  // L14: whatever is configured, a certificate counts only at a trusted time.
  if (options.signer.type === 'certificate') {
    throw new Refused('noTrustedTime', 'nothing says when it was signed');
  }
  if (options.requirements.timestamps === 'required') {
    throw new Refused('timestampMissing', 'there is no timestamp');
  }
}

/** The library checks the log's period against promised times only; Rekor v2 gives none. */
function checkLogPeriod(
  entry: TransparencyLogEntry,
  options: { times: Date[]; authorities: SigstoreAuthorities },
): void {
  const log = options.authorities.tlogs.find(candidate =>
    candidate.logID.equals(entry.logId.keyId),
  );
  const outside = options.times.find(
    time => !log || time < log.validFor.start || time > log.validFor.end,
  );
  if (outside) {
    throw new Refused(
      'transparencyLogInvalid',
      `the log is not valid at ${outside.toISOString()}`,
    );
  }
}

/**
 * The library computes the root of the tree and compares it with the signed checkpoint; what the entry itself states
 * of the tree, and what else stands in the checkpoint, it does not read. Other clients do, and a proof that contradicts
 * itself is none.
 */
function checkStatedTree({ inclusionProof }: TransparencyLogEntry): void {
  if (!inclusionProof) {
    return;
  }
  const [, size, rootHash] =
    CHECKPOINT.exec(inclusionProof.checkpoint?.envelope ?? '') ?? [];
  if (
    inclusionProof.treeSize !== size ||
    inclusionProof.rootHash.toString('base64') !== rootHash
  ) {
    throw new Refused(
      'transparencyLogInvalid',
      'the proof states another tree than its checkpoint',
    );
  }
}

function factOf(entry: TransparencyLogEntry): TransparencyLogFact {
  return {
    logIndex: String(entry.logIndex),
    logId: entry.logId.keyId.toString('hex'),
    proof: entry.inclusionProof ? 'inclusionProof' : 'inclusionPromise',
  };
}
