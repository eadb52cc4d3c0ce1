import { createHash, hash } from 'node:crypto';
import {
  CvssRating,
  VulnerabilityDetail,
  vulnerabilityClockKey,
  VulnerabilityFinding,
} from 'backstage-plugin-supply-chain-common';

/** What scanners say of a vulnerability, and not of one package that has it. */
type About = Pick<
  VulnerabilityFinding,
  'title' | 'link' | 'score' | 'scoreStated' | 'cvss' | 'publishedAt'
>;

/**
 * A scan as it is stored: what is said of a vulnerability stands once, however many findings and scans name it.
 *
 * @public
 */
export type PackedScan = {
  /** Hex SHA-256 over `detail` and `about`: equal scans are stored once. */
  hash: string;
  /** JSON: scanner, operating system and, property by property, the findings without what `about` says of them. */
  detail: string;
  /** JSON: keys of `texts`, one for each finding in their order; empty where nothing is said. */
  about: string;
  /** What is said of the vulnerabilities, as JSON, by its hash; possibly of others too. */
  texts: Map<string, string>;
  /** Who found what: as JSON, keys of the clocks (L21), each once. */
  seen: { scanner: string; fixable: string; unfixable: string };
};

/**
 * The part of a scan that is the same however often it is made and reported.
 *
 * @public
 */
export type ScanContent = Pick<
  VulnerabilityDetail,
  'scanner' | 'os' | 'findings'
>;

/** Characters of base64url: 128 bits, as good as no two texts share them, by chance or by intent. */
const TEXT_HASH_LENGTH = 22;

/**
 * Takes a scan apart for storing.
 *
 * @param texts - where texts are put; scans that are stored together may share it
 * @public
 */
export function packScan(
  scan: ScanContent,
  texts: Map<string, string> = new Map(),
): PackedScan {
  const about: string[] = [];
  for (const finding of scan.findings) {
    const said = saidOf(finding);
    if (said.key) {
      texts.set(said.key, said.text);
    }
    about.push(said.key);
  }
  const { scanner, os, findings } = scan;
  const packed = {
    detail: JSON.stringify({ scanner, os, findings: columnsOf(findings) }),
    about: JSON.stringify(about),
  };
  return {
    hash: createHash('sha256')
      .update(packed.detail)
      .update(packed.about)
      .digest('hex'),
    ...packed,
    texts,
    seen: { scanner: scanner.name, ...seenIn(findings) },
  };
}

/**
 * Puts a scan together again; undefined when one of its texts is missing.
 *
 * @public
 */
export function unpackScan(
  packed: Pick<PackedScan, 'detail' | 'about'>,
  texts: ReadonlyMap<string, string>,
): ScanContent | undefined {
  const { findings, ...scan }: PackedContent = JSON.parse(packed.detail);
  const about: string[] = JSON.parse(packed.about);
  const known = new Map<string, About>([['', {}]]);
  for (const key of new Set(about)) {
    const text = texts.get(key);
    if (text !== undefined) {
      known.set(key, JSON.parse(text));
    }
  }
  return about.every(key => known.has(key))
    ? {
        ...scan,
        findings: about.map((key, index) => ({
          ...findingAt(findings, index),
          ...known.get(key),
        })),
      }
    : undefined;
}

/** A finding without what is said of its vulnerability. */
type Found = Omit<VulnerabilityFinding, keyof About>;

/** Each property of all findings, in their order; null where one has none. */
type Columns = { [P in keyof Found]?: (Found[P] | null)[] };

type PackedContent = Omit<ScanContent, 'findings'> & { findings: Columns };

/** The type holds it to be complete. */
const FOUND = Object.keys({
  id: 0,
  aliases: 0,
  advisories: 0,
  packageName: 0,
  purl: 0,
  path: 0,
  installedVersion: 0,
  fixedVersion: 0,
  fixState: 0,
  severity: 0,
  severitySource: 0,
  layer: 0,
} satisfies Record<keyof Found, 0>) as (keyof Found)[];

/** Names of properties, written for each of thousands of findings, would be half of the text. */
function columnsOf(findings: VulnerabilityFinding[]): Columns {
  const columns: Record<string, unknown[]> = {};
  for (const property of FOUND) {
    if (findings.some(finding => finding[property] !== undefined)) {
      columns[property] = findings.map(finding => finding[property] ?? null);
    }
  }
  return columns;
}

function findingAt(columns: Columns, index: number): Found {
  const finding: Record<string, unknown> = {};
  for (const property of FOUND) {
    const value = columns[property]?.[index] ?? null;
    if (value !== null) {
      finding[property] = value;
    }
  }
  // The columns were made of a value of this type.
  return finding as Found;
}

function seenIn(
  findings: VulnerabilityFinding[],
): Omit<PackedScan['seen'], 'scanner'> {
  const fixable = new Set<string>();
  const others = new Set<string>();
  for (const finding of findings) {
    const key = vulnerabilityClockKey(finding);
    (finding.fixedVersion ? fixable : others).add(key);
  }
  const unfixable = [...others].filter(key => !fixable.has(key));
  return {
    fixable: JSON.stringify([...fixable]),
    unfixable: JSON.stringify(unfixable),
  };
}

/** What is said of a vulnerability, and the text it stands in. */
type Said = About & { key: string; text: string };

/** So many are remembered; beyond, all are forgotten, which costs time and nothing else. */
const MAX_REMEMBERED = 20_000;

/** What was said last, by the id of the vulnerability: hardly a report says something else than the one before. */
const saidLast = new Map<string, Said>();

function saidOf(finding: VulnerabilityFinding): Said {
  const last = saidLast.get(finding.id);
  if (last && isSaid(finding, last)) {
    return last;
  }
  if (saidLast.size >= MAX_REMEMBERED) {
    saidLast.clear();
  }
  const { title, link, score, scoreStated, cvss, publishedAt } = finding;
  const about = { title, link, score, scoreStated, cvss, publishedAt };
  const text = JSON.stringify(about);
  const key =
    text === '{}'
      ? ''
      : hash('sha256', text, 'base64url').slice(0, TEXT_HASH_LENGTH);
  const said = { ...about, key, text };
  saidLast.set(finding.id, said);
  return said;
}

function isSaid(finding: About, last: About): boolean {
  return (
    finding.title === last.title &&
    finding.link === last.link &&
    finding.score === last.score &&
    finding.scoreStated === last.scoreStated &&
    finding.publishedAt === last.publishedAt &&
    areSame(finding.cvss, last.cvss)
  );
}

/** No ratings and an empty list of them are stored as two things. */
function areSame(left?: CvssRating[], right?: CvssRating[]): boolean {
  if (!left || !right || left === right) {
    return left === right;
  }
  return (
    left.length === right.length &&
    left.every(
      ({ source, version, vector, score }, index) =>
        source === right[index].source &&
        version === right[index].version &&
        vector === right[index].vector &&
        score === right[index].score,
    )
  );
}
