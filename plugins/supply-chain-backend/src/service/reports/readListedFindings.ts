import {
  compareFixFirst,
  ExploitScores,
  schema,
  SupplyChainPolicy,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { FindingFilter, matchesFilter, requireTellable } from './findingFilter';
import { findingRows } from './findingRow';
import { ExploitRow, readExploits } from './readExploits';
import { readImageFindings } from './readImageFindings';
import { readVisibleImage, ReadVisibleImageOptions } from './readVisibleImage';
import { shownPlace } from './shownPlace';
import { vexOfRow } from './vexOfRow';

/** Options of {@link readListedFindings}. */
export type ReadListedFindingsOptions = ReadVisibleImageOptions &
  FindingFilter & {
    /** `undefined`: no scores are loaded. */
    scores: ExploitScores | undefined;
    /** Those in force: they say how old the catalogue may be. */
    policies: readonly SupplyChainPolicy[];
    trustRoots: TrustRoot[];
    now: Date;
  };

/** A finding as lists of an image have it. */
export type ListedFinding = ExploitRow &
  Pick<schema.VulnerabilityRow, 'notAffected' | 'vex'>;

/** What every list of the findings of an image is made from, so that all of them have the same ones. */
export type ListedFindings = {
  /** All, what is to be fixed first before the others, and what VEX sets aside last. */
  findings: ListedFinding[];
  isShown: (finding: ListedFinding) => boolean;
  rowOf: (finding: ListedFinding) => schema.VulnerabilityRow;
  exploitData: schema.ExploitDataState;
};

/** Vulnerabilities of an image, as far as the caller may see it. */
export async function readListedFindings(
  options: ReadListedFindingsOptions,
): Promise<ListedFindings> {
  const { now } = options;
  const image = await readVisibleImage(options);
  const [{ findings, scans, policies }] = await readImageFindings({
    ...options,
    places: [shownPlace(image)],
  });
  const exploits = await readExploits(options);
  requireTellable(options, exploits.state);
  return {
    findings: findings
      .map(finding => ({
        ...exploits.prioritise(finding),
        ...vexOfRow(scans.vex(finding)),
      }))
      .sort(
        (left, right) =>
          Number(left.notAffected ?? false) -
            Number(right.notAffected ?? false) || compareFixFirst(left, right),
      ),
    isShown: matchesFilter(options),
    rowOf: await findingRows({ ...options, limits: { policies, now } }),
    exploitData: exploits.state,
  };
}
