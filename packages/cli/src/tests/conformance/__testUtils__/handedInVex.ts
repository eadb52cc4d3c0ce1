import {
  EvidenceOf,
  parseDigest,
  parseEvidenceDocument,
} from 'backstage-plugin-supply-chain-common';
import { PreparedCase } from './ConformanceWorld';
import { entityOf } from './entityOf';

/** The VEX documents that were handed in for a case, as the portal stores an upload with a token. */
export function handedInVex(prepared: PreparedCase): EvidenceOf<'vex'>[] {
  const { repository, digest: written, handedInVex: documents } = prepared;
  const digest = parseDigest(written)!;
  return documents.map(document => {
    const parsed = parseEvidenceDocument(Buffer.from(document));
    if (!parsed.ok || parsed.report.kind !== 'vex') {
      throw new Error(`a VEX document of "${prepared.name}" cannot be read`);
    }
    const { document: detail } = parsed.report;
    return {
      subject: { type: 'image', repository, digest },
      collector: 'upload',
      kind: 'vex',
      status: 'present',
      trust: 'tokenUpload',
      scope: { entityRef: entityOf(prepared).ref },
      observedAt: detail.issuedAt!,
      detail,
    };
  });
}
