import {
  changedPackages,
  comparedFacts,
  ComparedFinding,
  comparedScans,
  ComparedScans,
  compareFindings,
  countChanges,
  EvidenceOf,
  ExploitScores,
  FactsToCompare,
  FindingChange,
  ImageScans,
  isSetAside,
  JudgedFinding,
  schema,
  shownFinding,
  SupplyChainPolicy,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { ComparisonSort, Page } from '../SupplyChainService';
import { COMPARISON_ORDERS } from './comparisonOrders';
import { FindingFilter, matchesFilter, requireTellable } from './findingFilter';
import { findingRows } from './findingRow';
import { placementsOf } from './placementsOf';
import { readExploits } from './readExploits';
import { readImageFindings } from './readImageFindings';
import { readVisibleImage, VisibleImage } from './readVisibleImage';
import { shownPlace } from './shownPlace';
import { vexOfRow } from './vexOfRow';

type Address = { repository: string; digest: string };

/** Options of {@link readImageComparison}. */
export type ReadImageComparisonOptions = FindingFilter & {
  knex: Knex;
  visible: VisibleEntities;
  image: Address;
  /** Taken for the earlier one. */
  other: Address;
  change?: FindingChange;
  sort: ComparisonSort;
  page: Page;
  /** `undefined`: no scores are loaded. */
  scores: ExploitScores | undefined;
  /** Those in force. */
  policies: readonly SupplyChainPolicy[];
  trustRoots: TrustRoot[];
  now: Date;
  sandbox: boolean;
};

/** More would be a list of its own. */
const PACKAGES_MAX = 200;

/** One of two images, with everything that is compared. */
type Side = {
  shown: schema.ComparedImage;
  facts: FactsToCompare;
  scans: ComparedScans;
  vex: ImageScans['vex'];
};

/**
 * An image beside another one, as far as the caller may see both: `NotFoundError` for one that is hidden as for one
 * that does not exist (L33).
 */
export async function readImageComparison(
  options: ReadImageComparisonOptions,
): Promise<schema.ImageComparison> {
  const { image, other, change, sort, page, sandbox } = options;
  // One after the other: of two that are not to be seen always the same one is named.
  const after = await readSide(options, image);
  const before = await readSide(options, other);
  const exploits = await readExploits(options);
  requireTellable(options, exploits.state);
  const compared = compareFindings(before.scans, after.scans);
  const matches = matchesFilter(options);
  const shown = compared
    .filter(each => change === undefined || each.change === change)
    .map(finding => ({
      finding,
      key: exploits.prioritise(shownFinding(finding)),
    }))
    .filter(({ key }) => matches(key))
    .sort(COMPARISON_ORDERS[sort]);
  const packages = changedPackages(compared);
  const beforeRow = await findingRows({ ...options, ...other });
  const afterRow = await findingRows({ ...options, ...image });
  const withExploits = (finding: JudgedFinding, { vex }: Side) => ({
    ...exploits.prioritise(finding),
    ...vexOfRow({
      isExcluded: finding.notAffected ?? false,
      opinions: vex(finding).opinions,
    }),
  });
  const rowOf = ({ before: left, after: right, ...rest }: ComparedFinding) => ({
    ...rest,
    ...(left && { before: beforeRow(withExploits(left, before)) }),
    ...(right && { after: afterRow(withExploits(right, after)) }),
  });
  return {
    image: after.shown,
    with: before.shown,
    counts: countChanges(compared),
    notAffected: compared.filter(isSetAside).length,
    facts: comparedFacts(before.facts, after.facts),
    packages: packages.slice(0, PACKAGES_MAX),
    packagesTotal: packages.length,
    total: shown.length,
    items: shown
      .slice(page.offset, page.offset + page.limit)
      .map(({ finding }) => rowOf(finding)),
    exploitData: exploits.state,
    sandbox,
  };
}

async function readSide(
  options: ReadImageComparisonOptions,
  { repository, digest }: Address,
): Promise<Side> {
  const image = await readVisibleImage({ ...options, repository, digest });
  const [{ facts, scans }] = await readImageFindings({
    ...options,
    places: [shownPlace(image)],
  });
  const compared = comparedScans(facts, scans);
  return {
    shown: comparedImage(image, compared),
    facts: factsOf(image, facts.origin),
    scans: compared,
    vex: scans.vex,
  };
}

function factsOf(
  { merged }: VisibleImage,
  origin: EvidenceOf<'origin'> | undefined,
): FactsToCompare {
  const { signature, signers, provenance } = merged;
  const base = origin?.detail?.base;
  return { signature, signers, provenance, ...(base && { base }) };
}

function comparedImage(
  image: VisibleImage,
  { incomplete }: ComparedScans,
): schema.ComparedImage {
  const { runs, merged, firstSeen } = image;
  const { run } = shownPlace(image);
  const rows = runs.map(each => each.run);
  const [lastSeen] = rows
    .map(row => row.last_seen)
    .sort()
    .reverse();
  const distinct = (values: string[]) => [...new Set(values)];
  return {
    repository: run.repository!,
    digest: run.digest!,
    imageRefs: distinct(rows.map(row => row.image_ref)),
    platforms: distinct(
      rows.flatMap(row => (row.platform ?? '').split(',')),
    ).filter(platform => platform !== ''),
    running: merged.running,
    placements: placementsOf(image),
    ...(merged.vulnerabilities && { vulnerabilities: merged.vulnerabilities }),
    ...(incomplete && { incomplete }),
    firstSeen,
    lastSeen,
  };
}
