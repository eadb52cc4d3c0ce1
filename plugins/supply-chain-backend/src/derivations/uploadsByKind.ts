import { EvidenceOf } from 'backstage-plugin-supply-chain-common';

/** What was handed in about an image, as the facts hold it. */
export type UploadsByKind = {
  scans: EvidenceOf<'vulnerabilities'>[];
  vex: EvidenceOf<'vex'>[];
};

/** Scans and VEX documents apart, in their order. */
export function uploadsByKind(
  uploads: readonly (EvidenceOf<'vulnerabilities'> | EvidenceOf<'vex'>)[],
): UploadsByKind {
  const byKind: UploadsByKind = { scans: [], vex: [] };
  for (const each of uploads) {
    if (each.kind === 'vex') {
      byKind.vex.push(each);
    } else {
      byKind.scans.push(each);
    }
  }
  return byKind;
}
