import { Severity } from 'backstage-plugin-supply-chain-common';
import { ExploitRow } from './readExploits';

/** Which findings. */
export type FindingFilter = {
  /** Part of an id, a package name or a title. */
  search?: string;
  severity?: Severity;
  fixable?: boolean;
  /** Whether it is known to be exploited. */
  exploited?: boolean;
};

/** Whether a finding is one of those looked for. */
export function matchesFilter(
  filter: FindingFilter,
): (finding: ExploitRow) => boolean {
  const { severity, fixable, exploited } = filter;
  const search = filter.search?.toLocaleLowerCase('en-US');
  return finding =>
    (severity === undefined || finding.severity === severity) &&
    (fixable === undefined || Boolean(finding.fixedVersion) === fixable) &&
    (exploited === undefined || Boolean(finding.exploited) === exploited) &&
    (!search ||
      [
        finding.id,
        ...(finding.aliases ?? []),
        ...(finding.advisories ?? []),
        finding.packageName,
        finding.title ?? '',
      ].some(text => text.toLocaleLowerCase('en-US').includes(search)));
}
