import { EvidenceOf } from 'backstage-plugin-supply-chain-common';

/** A scan without what no rule reads: titles, links and vectors are for pages. */
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
            ({ title, link, advisories, cvss, layer, ...finding }) => finding,
          ),
        },
      }
    : scan;
}
