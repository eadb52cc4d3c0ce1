import {
  Digest,
  EvidenceOf,
  ImageSubject,
} from 'backstage-plugin-supply-chain-common';
import { EVIDENCE_FILE_COLLECTOR } from './bindScans';
import { VexFile } from './readEvidence';

/**
 * Whether a statement of a document names the image by its digest. A file comes bound to nothing, so a repository, or no
 * product at all, is not enough.
 */
export function namesImage({ document }: VexFile, digests: Digest[]): boolean {
  return document.statements.some(({ products = [] }) =>
    products.some(
      each =>
        each.digests.length > 0 &&
        each.digests.every(digest => digests.includes(digest)),
    ),
  );
}

/** A document as evidence about an image. */
export function vexOf(
  { document }: VexFile,
  subject: ImageSubject,
): EvidenceOf<'vex'> {
  const [newest = ''] = document.statements
    .map(({ statedAt }) => statedAt)
    .sort()
    .reverse();
  return {
    subject,
    collector: EVIDENCE_FILE_COLLECTOR,
    kind: 'vex',
    // L9: nobody vouches for it but who runs the command.
    trust: 'file',
    status: 'present',
    observedAt: document.issuedAt ?? newest,
    detail: document,
  };
}
