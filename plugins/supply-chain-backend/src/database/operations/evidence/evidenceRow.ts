import {
  Evidence,
  ImageSubject,
  parseDigest,
  subjectKey,
} from 'backstage-plugin-supply-chain-common';
import { StoredEvidence } from '../../../stores/EvidenceStore';
import { storableMessage } from '../../storable';
import { EvidenceRow } from '../../tables';

/** The subject a key stands for. */
export function imageSubjectOf(key: string): ImageSubject {
  const at = key.lastIndexOf('@');
  const digest = parseDigest(key.slice(at + 1));
  if (!digest) {
    throw new TypeError(`Expected a key 'repository@digest', got '${key}'`);
  }
  return { type: 'image', repository: key.slice(0, at), digest };
}

/** Evidence as it stands in the table. */
export function evidenceRowOf(stored: StoredEvidence): EvidenceRow {
  const { evidence, hash, trust, firstAbsentAt } = stored;
  return {
    subject_key: subjectKey(evidence.subject),
    collector: evidence.collector,
    kind: evidence.kind,
    status: evidence.status,
    reason: evidence.reason ?? null,
    message: storableMessage(evidence.message),
    observed_at: evidence.observedAt,
    expires_at: evidence.expiresAt ?? null,
    last_look: evidence.lastLook ? JSON.stringify(evidence.lastLook) : null,
    hash,
    detail: evidence.detail ? JSON.stringify(evidence.detail) : null,
    trust: JSON.stringify(trust),
    first_absent_at: firstAbsentAt ?? null,
  };
}

/** Evidence as it was stored. */
export function storedEvidenceOf(row: EvidenceRow): StoredEvidence {
  // The columns were written from a value of this type.
  const evidence = {
    subject: imageSubjectOf(row.subject_key),
    collector: row.collector,
    kind: row.kind,
    status: row.status,
    observedAt: row.observed_at,
    ...(row.reason && { reason: row.reason }),
    ...(row.message && { message: row.message }),
    ...(row.expires_at && { expiresAt: row.expires_at }),
    ...(row.last_look && { lastLook: JSON.parse(row.last_look) }),
    ...(row.detail && { detail: JSON.parse(row.detail) }),
  } as Evidence;
  return {
    evidence,
    hash: row.hash,
    trust: row.trust ? JSON.parse(row.trust) : {},
    ...(row.first_absent_at && { firstAbsentAt: row.first_absent_at }),
  };
}
