import { EvidenceOf } from 'backstage-plugin-supply-chain-common';

/** A scan without the texts that no rule reads: titles and links are for pages. */
export function withoutTexts(
  scan: EvidenceOf<'vulnerabilities'>,
): EvidenceOf<'vulnerabilities'> {
  const { detail } = scan;
  return detail
    ? {
        ...scan,
        detail: {
          ...detail,
          findings: detail.findings.map(
            ({ title, link, ...finding }) => finding,
          ),
        },
      }
    : scan;
}
