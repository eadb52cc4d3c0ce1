import {
  Digest,
  EvidenceOf,
  SEVERITIES_WORST_FIRST,
  VulnerabilityFinding,
} from 'backstage-plugin-supply-chain-common';

/** How large a fleet is. */
export type FleetSize = {
  groups: number;
  entities: number;
  images: number;
  findingsPerImage: number;
};

/** The bar of the design: five million findings. */
export const FULL_FLEET: FleetSize = {
  groups: 300,
  entities: 10_000,
  images: 20_000,
  findingsPerImage: 250,
};

/** Images run in each of them in turn. */
export const CLUSTERS = 20;

/** Images on the same base share most of their vulnerabilities. */
const BASES = 60;
const BASE_PART = 0.7;
const KNOWN_OF_SYSTEM = 6_000;
const KNOWN_OF_APPLICATION = 12_000;

export const SCANNED_AT = '2026-07-01T10:00:00.000Z';

/** The same for the same words, and otherwise spread evenly over 0 to 1. */
function spread(...words: (string | number)[]): number {
  let hash = 2166136261;
  for (const character of words.join('/')) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

export function groupOf(entity: number, { groups }: FleetSize): string {
  return `group:default/team-${entity % groups}`;
}

export function entityName(entity: number): string {
  return `service-${entity}`;
}

/** Services run one to three images. */
export function entityOfImage(image: number, { entities }: FleetSize): number {
  return image < entities
    ? image
    : Math.floor(spread('entity', image) * entities);
}

export function imageAt(image: number): { repository: string; digest: Digest } {
  return {
    repository: `registry.acme.example/shop/image-${image}`,
    digest: `sha256:${image.toString(16).padStart(64, '0')}` as Digest,
  };
}

/** The scan of an image: what its base brings, and what the application adds. */
export function scanOfImage(
  image: number,
  { findingsPerImage }: FleetSize,
): EvidenceOf<'vulnerabilities'> {
  const base = Math.floor(spread('base', image) * BASES);
  const fromBase = Math.round(findingsPerImage * BASE_PART);
  const own = findingsPerImage - fromBase;
  const ids = new Set<number>();
  for (let each = 0; ids.size < fromBase; each += 1) {
    ids.add(Math.floor(spread('system', base, each) * KNOWN_OF_SYSTEM));
  }
  for (let each = 0; ids.size < fromBase + own; each += 1) {
    // A few libraries are in many applications.
    const at = spread('application', image, each) ** 2;
    ids.add(KNOWN_OF_SYSTEM + Math.floor(at * KNOWN_OF_APPLICATION));
  }
  const { repository, digest } = imageAt(image);
  return {
    subject: { type: 'content', digest },
    collector: 'trivy',
    kind: 'vulnerabilities',
    status: 'present',
    observedAt: SCANNED_AT,
    detail: {
      scanner: { name: 'Trivy', version: '0.60.0' },
      scannedAt: SCANNED_AT,
      artifact: { repository, digest },
      platform: 'linux/amd64',
      findings: [...ids].map(findingAt),
    },
  };
}

export function vulnerabilityName(id: number): string {
  return `CVE-${2015 + (id % 12)}-${10_000 + id}`;
}

function findingAt(id: number): VulnerabilityFinding {
  const severity = SEVERITIES_WORST_FIRST[Math.floor(spread('s', id) * 6)];
  const isFixable = spread('fix', id) < 0.4;
  return {
    id: vulnerabilityName(id),
    packageName: `package-${id % 900}`,
    installedVersion: `1.${id % 40}.0`,
    ...(isFixable && { fixedVersion: `1.${id % 40}.1` }),
    severity,
    title: `package-${id % 900}: what is wrong with it, number ${id}`,
    publishedAt: '2026-01-01T00:00:00.000Z',
  };
}
