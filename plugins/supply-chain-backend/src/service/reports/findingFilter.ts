import { ConflictError } from '@backstage/errors';
import {
  containsText,
  schema,
  Severity,
} from 'backstage-plugin-supply-chain-common';
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

/**
 * Only a catalogue of now can say that something is not exploited (L8).
 *
 * @throws ConflictError with the reason code as `reason`
 */
export function requireTellable(
  { exploited }: Pick<FindingFilter, 'exploited'>,
  { knownExploited }: schema.ExploitDataState,
): void {
  if (exploited === false && (!knownExploited || knownExploited.outdated)) {
    const reason = knownExploited
      ? 'exploitDataOutdated'
      : 'exploitDataMissing';
    throw Object.assign(
      new ConflictError(
        `Nothing can be told to be not exploited: ${
          knownExploited
            ? `the catalogue of known exploited vulnerabilities is of ${knownExploited.releasedAt}`
            : 'no catalogue of known exploited vulnerabilities is loaded'
        } (${reason})`,
      ),
      { reason },
    );
  }
}

/** Whether a finding is one of those looked for. */
export function matchesFilter(
  filter: FindingFilter,
): (finding: ExploitRow) => boolean {
  const { severity, fixable, exploited, search } = filter;
  return finding =>
    (severity === undefined || finding.severity === severity) &&
    (fixable === undefined || Boolean(finding.fixedVersion) === fixable) &&
    (exploited === undefined || Boolean(finding.exploited) === exploited) &&
    (!search ||
      containsText(
        [
          finding.id,
          ...(finding.aliases ?? []),
          ...(finding.advisories ?? []),
          finding.packageName,
          finding.title,
        ],
        search,
      ));
}
