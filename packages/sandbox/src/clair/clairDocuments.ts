/**
 * A package of Alpine as its database names it.
 * @public
 */
export interface ClairPackage {
  name: string;
  version: string;
  /**
   * The source package, which advisories are about.
   * @defaultValue `name`
   */
  source?: string;
}

/**
 * What Clair knows of a vulnerability, from the advisories of Alpine and its CVSS enrichment.
 * @public
 */
export interface ClairAdvisory {
  /** `CVE-…` */
  id: string;
  /** The source package it is about. */
  source: string;
  description: string;
  /** RFC 3339 */
  issued: string;
  /** Empty: there is no fix. */
  fixedInVersion: string;
  /** CVSS 3.1; without it the severity is not known, as Alpine gives none. */
  cvss?: { vector: string; score: number };
}

/**
 * What Clair makes of an image.
 * @public
 */
export interface ClairContent {
  /** Empty: it finds no package, so it compares nothing. */
  packages: readonly ClairPackage[];
  advisories: readonly ClairAdvisory[];
}

/** Ids in documents of Clair are serial numbers of its database. */
const DISTRIBUTION_ID = '2';
const UPDATER = 'alpine-main-v3.20-updater';
const ALPINE = {
  did: 'alpine',
  name: 'Alpine Linux',
  version_code_name: '',
  arch: '',
  cpe: '',
  pretty_name: 'Alpine Linux v3.20',
};
const CVSS_ENRICHMENT =
  'message/vnd.clair.map.vulnerability; enricher=clair.cvss schema=https://csrc.nist.gov/schema/nvd/api/2.0/cve_api_json_2.0.schema';

/** What indexer and matcher both say of an image: the fields of recorded ones. */
function indexed(options: {
  digest: string;
  layer: string;
  content: ClairContent;
}) {
  const { layer, content } = options;
  const numbered = content.packages.map(
    (each, index) => [String(10 + 2 * index), each] as const,
  );
  return {
    packages: Object.fromEntries(
      numbered.map(([id, each]) => [id, packageOf(id, each)]),
    ),
    distributions: {
      [DISTRIBUTION_ID]: {
        id: DISTRIBUTION_ID,
        ...ALPINE,
        version: '3.20',
        version_id: '',
      },
    },
    repository: {},
    environments: Object.fromEntries(
      numbered.map(([id]) => [
        id,
        [
          {
            package_db: 'lib/apk/db/installed',
            introduced_in: layer,
            distribution_id: DISTRIBUTION_ID,
            repository_ids: null,
          },
        ],
      ]),
    ),
  };
}

function packageOf(id: string, { name, version, source }: ClairPackage) {
  return {
    id,
    name,
    version,
    kind: 'binary',
    source: {
      id: String(Number(id) - 1),
      name: source ?? name,
      version,
      kind: 'source',
      normalized_version: '',
      cpe: '',
    },
    normalized_version: '',
    arch: 'x86_64',
    cpe: '',
  };
}

/** The report on an image that was indexed. */
export function indexReport(options: {
  digest: string;
  layer: string;
  content: ClairContent;
}): object {
  return {
    manifest_hash: options.digest,
    state: 'IndexFinished',
    ...indexed(options),
    success: true,
    err: '',
  };
}

/** The report on an image that could not be indexed, as a real one keeps it. */
export function indexErrorReport(digest: string, message: string): object {
  return {
    manifest_hash: digest,
    state: 'IndexError',
    packages: {},
    distributions: {},
    repository: {},
    environments: {},
    success: false,
    err: message,
  };
}

/** What the matcher says of an image that was indexed. */
export function vulnerabilityReport(options: {
  digest: string;
  layer: string;
  content: ClairContent;
}): object {
  const { digest, content } = options;
  const parts = indexed(options);
  const present = Object.values(parts.packages).map(each => each.source.name);
  const numbered = content.advisories
    .filter(({ source }) => present.includes(source))
    .map((each, index) => [String(index + 1), each] as const);
  const affected = Object.entries(parts.packages).flatMap(([id, found]) => {
    const ids = numbered
      .filter(([, { source }]) => source === found.source.name)
      .map(([advisoryId]) => advisoryId);
    return ids.length > 0 ? [[id, ids] as const] : [];
  });
  return {
    manifest_hash: digest,
    ...parts,
    vulnerabilities: Object.fromEntries(
      numbered.map(([id, each]) => [id, vulnerabilityOf(id, each)]),
    ),
    package_vulnerabilities: Object.fromEntries(affected),
    enrichments: enrichmentsOf(numbered),
  };
}

function vulnerabilityOf(id: string, advisory: ClairAdvisory) {
  return {
    id,
    updater: UPDATER,
    name: advisory.id,
    description: advisory.description,
    issued: advisory.issued,
    links: `https://cve.mitre.org/cgi-bin/cvename.cgi?name=${advisory.id}`,
    severity: '',
    // Measured with Clair 4.9.0: Alpine says nothing of severities.
    normalized_severity: 'Unknown',
    package: {
      id: '',
      name: advisory.source,
      version: '',
      kind: 'source',
      normalized_version: '',
      cpe: '',
    },
    distribution: { id: '', ...ALPINE, version: '', version_id: '3.20' },
    repository: { cpe: '' },
    fixed_in_version: advisory.fixedInVersion,
  };
}

function enrichmentsOf(
  numbered: (readonly [string, ClairAdvisory])[],
): Record<string, unknown> {
  const rated = numbered.flatMap(([id, { cvss }]) =>
    cvss ? [[id, [cvssOf(cvss)]] as const] : [],
  );
  return rated.length > 0
    ? { [CVSS_ENRICHMENT]: [Object.fromEntries(rated)] }
    : {};
}

function cvssOf({ vector, score }: { vector: string; score: number }) {
  return { version: '3.1', vectorString: vector, baseScore: score };
}
