import { Severity, VulnerabilityFinding } from '../../model/vulnerability';
import { httpsLink, instant, shortText } from '../../text/reportValues';
import { isAtLeastAsSevere } from '../severityRank';
import { severityOf } from '../scannerValues';
import { MAX_FINDINGS } from '../settledFindings';
import { Json, ReportProblem, textOf } from '../scanReport';
import { ById, mapById, mapOf } from './clairDocument';
import { fixOf } from './clairFix';
import { ClairIdentity, identitiesOf } from './clairIds';
import { placeOf } from './clairPackage';
import {
  ClairRatings,
  ENRICHMENT_SOURCE,
  RatingsById,
  ratingsOf,
} from './clairRatings';

/** Links are read as far as this. */
const MAX_LINKS = 128 * 1024;
/** Several entries make one finding, and one entry several. */
const MAX_READ = 200_000;
/** Names one finding keeps of each kind; more would cost the square of their number. */
const MAX_NAMES = 100;

/** The findings of a report. */
export type ClairFindings = {
  findings: VulnerabilityFinding[];
  /** Entries by package, version and name, before advisories are taken apart. */
  reported: number;
};

type Reader = {
  packages: ById;
  vulnerabilities: ById;
  environments: Json;
  distributions: ById;
  repositories: ById;
  ratings: RatingsById;
  /** What was read already: one entry may concern many packages. */
  statements: Map<string, Statement[]>;
};

/**
 * Reads the findings: what `package_vulnerabilities` says and nothing else. What a vendor says does not concern the
 * package stands under another key and is none.
 *
 * @throws ReportProblem when the list may be incomplete.
 */
export function findingsOf(report: Json): ClairFindings {
  const reader: Reader = {
    packages: mapById(report, 'packages'),
    vulnerabilities: mapById(report, 'vulnerabilities'),
    environments: mapOf(report, 'environments'),
    distributions: mapById(report, 'distributions'),
    repositories: mapById(report, 'repository'),
    ratings: ratingsOf(report.enrichments),
    statements: new Map(),
  };
  const merged = new Map<string, VulnerabilityFinding>();
  const reported = new Set<string>();
  let read = 0;
  for (const { packageId, vulnerabilityId } of pairsOf(report)) {
    const found = reader.packages(packageId);
    const vulnerability = reader.vulnerabilities(vulnerabilityId);
    const packageName = shortText(found?.name, 256);
    if (!found || !vulnerability || !packageName) {
      throw new ReportProblem(
        'malformedReport',
        'it names a package or a vulnerability that it does not hold',
      );
    }
    const entry = { packageId, vulnerabilityId, found, vulnerability };
    const version = textOf(found.version);
    // Ids mean nothing outside of this document, and one advisory has an entry for each repository of its vendor.
    reported.add(JSON.stringify([packageName, version, vulnerability.name]));
    for (const finding of readEntry(reader, entry)) {
      read += 1;
      const key = JSON.stringify([packageName, version, finding.id]);
      const known = merged.get(key);
      merged.set(key, known ? together(known, finding) : finding);
    }
    refuseTooMany(merged.size);
    refuseTooMany(read, MAX_READ);
  }
  return { findings: [...merged.values()], reported: reported.size };
}

function pairsOf(
  report: Json,
): { packageId: string; vulnerabilityId: string }[] {
  const affected = mapOf(report, 'package_vulnerabilities');
  const pairs: { packageId: string; vulnerabilityId: string }[] = [];
  for (const [packageId, list] of Object.entries(affected)) {
    const ids: unknown = list ?? [];
    if (!Array.isArray(ids) || !ids.every(id => typeof id === 'string')) {
      throw new ReportProblem(
        'malformedReport',
        'a package has no list of vulnerabilities',
      );
    }
    refuseTooMany(pairs.length + ids.length);
    ids.forEach(vulnerabilityId => pairs.push({ packageId, vulnerabilityId }));
  }
  const isHeld = Object.keys(mapOf(report, 'vulnerabilities')).length > 0;
  if (pairs.length === 0 && isHeld && !report.PackageNotVulnerable) {
    throw new ReportProblem(
      'malformedReport',
      'it holds vulnerabilities and names no package that has them',
    );
  }
  return pairs;
}

function refuseTooMany(count: number, most = MAX_FINDINGS): void {
  if (count > most) {
    throw new ReportProblem(
      'reportTooLarge',
      `expected at most ${most} findings`,
    );
  }
}

type Entry = {
  packageId: string;
  vulnerabilityId: string;
  found: Json;
  vulnerability: Json;
};

/** What an entry says whatever package it is about. */
type Statement = Omit<VulnerabilityFinding, 'packageName' | 'installedVersion'>;

function readEntry(reader: Reader, entry: Entry): VulnerabilityFinding[] {
  const { packageId, vulnerabilityId, found, vulnerability } = entry;
  const { environments, statements } = reader;
  const said =
    statements.get(vulnerabilityId) ??
    statementsOf(vulnerability, reader.ratings(vulnerabilityId));
  statements.set(vulnerabilityId, said);
  const place = placeOf({
    ...reader,
    found,
    vulnerability,
    environments: Object.hasOwn(environments, packageId)
      ? environments[packageId]
      : undefined,
  });
  return said.map(statement => ({
    ...statement,
    packageName: shortText(found.name, 256)!,
    installedVersion: shortText(found.version, 256) ?? '',
    ...place,
  }));
}

function statementsOf(
  vulnerability: Json,
  { severity: rated, ...ratings }: ClairRatings,
): Statement[] {
  const identities = identitiesOf(vulnerability);
  if (identities.length === 0) {
    throw new ReportProblem('malformedReport', 'a vulnerability has no name');
  }
  const stated = severityOf(textOf(vulnerability.normalized_severity));
  const severitySource = severitySourceOf(vulnerability, { stated, rated });
  const publishedAt = issuedAt(vulnerability.issued);
  return identities.map(identity => ({
    ...identity,
    ...fixOf(vulnerability.fixed_in_version),
    severity: stated === 'unknown' ? rated : stated,
    ...(severitySource && { severitySource }),
    ...titleOf(vulnerability),
    ...linkOf(vulnerability, identity),
    // Ratings carry no id: those of an advisory with several CVEs cannot be told apart.
    ...(identities.length === 1 && ratings),
    ...(publishedAt && { publishedAt }),
  }));
}

/** Where the entry rates nothing, the enrichment does, which has one source. */
function severitySourceOf(
  { updater }: Json,
  { stated, rated }: Record<'stated' | 'rated', Severity>,
): string | undefined {
  if (stated !== 'unknown') {
    return shortText(updater, 100);
  }
  return rated === 'unknown' ? undefined : ENRICHMENT_SOURCE;
}

/** Go writes "no time" as a moment in the year 1, or, away from Greenwich, in the year 0. */
function issuedAt(issued: unknown): string | undefined {
  const time = instant(issued);
  return time?.startsWith('000') || time?.startsWith('-') ? undefined : time;
}

function titleOf(vulnerability: Json): { title?: string } {
  const name = textOf(vulnerability.name);
  const title = / security update\b/.test(name)
    ? shortText(name, 512)
    : shortText(vulnerability.description, 512);
  return title ? { title } : {};
}

function linkOf(vulnerability: Json, { id }: ClairIdentity): { link?: string } {
  const links = textOf(vulnerability.links)
    .slice(0, MAX_LINKS)
    .split(' ', 200)
    .flatMap(text => httpsLink(text) ?? []);
  const link = links.find(each => each.includes(id)) ?? links[0];
  return link ? { link } : {};
}

/** The same vulnerability of the same package by two advisories, or in two repositories of one vendor. */
function together(
  left: VulnerabilityFinding,
  right: VulnerabilityFinding,
): VulnerabilityFinding {
  const { severity, severitySource } = isAtLeastAsSevere(
    left.severity,
    right.severity,
  )
    ? left
    : right;
  const fixes = union(left.fixedVersion, right.fixedVersion);
  const aliases = union(left.aliases, right.aliases);
  const advisories = union(left.advisories, right.advisories);
  const { severitySource: _, ...both } = { ...right, ...left };
  return {
    ...both,
    severity,
    ...(severitySource && { severitySource }),
    ...(fixes.length > 0 && {
      fixedVersion: shortText(fixes.join(', '), 512)!,
      fixState: 'fixed',
    }),
    ...(aliases.length > 0 && { aliases }),
    ...(advisories.length > 0 && { advisories }),
  };
}

function union(...sources: (string | string[] | undefined)[]): string[] {
  const texts = sources.flatMap(source => source ?? []);
  return [...new Set(texts.flatMap(text => text.split(', ')))].slice(
    0,
    MAX_NAMES,
  );
}
