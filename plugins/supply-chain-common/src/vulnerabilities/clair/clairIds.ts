import { isRecord } from '../../kubernetes/KubernetesObject';
import { shortText } from '../../text/reportValues';
import { Json, listOf, textOf } from '../scanReport';

/** Links are read as far as this; kernel advisories name some hundred vulnerabilities. */
const MAX_LINKS = 128 * 1024;
const MAX_NAME = 1_024;
const MAX_IDS = 1_000;

/** What Clair's own enrichers look for: https://github.com/quay/claircore/blob/v1.5.52/enricher/cvss/cvss.go */
const CVE = /\bCVE-\d{4}-\d{4,19}\b/g;

/** Advisories of vendors, which may cover several vulnerabilities. */
const ADVISORY =
  /\b(?:(?:RHSA|RHBA|RHEA)-\d{4}:\d{1,9}|ELSA-\d{4}-\d{1,9}|ALAS[A-Z0-9.]{0,32}-\d{4}-\d{1,9}|(?:DSA|DLA)-\d{1,9}(?:-\d{1,9})?|USN-\d{1,9}-\d{1,9}|(?:open)?SUSE-SU-\d{4}:\d{1,9}(?:-\d{1,9})?|PHSA-\d{4}-[\d.]{1,9}-\d{1,9})(?![\w-])/;

/** Ids of other databases, each for one vulnerability as a rule. */
const OTHER =
  /\b(?:GHSA(?:-[0-9a-z]{4}){3}|GO-\d{4}-\d{1,9}|pyup\.io-\d{1,12}|PYSEC-\d{4}-\d{1,9}|RUSTSEC-\d{4}-\d{1,9}|MAL-\d{4}-\d{1,9}|EUVD-\d{4}-\d{1,9})(?![\w-])/;

/** One vulnerability of an entry, by its ids. */
export type ClairIdentity = {
  id: string;
  aliases?: string[];
  advisories?: string[];
};

/**
 * The vulnerabilities an entry is about. One with several CVEs is an advisory: each CVE is a vulnerability of its own,
 * and none is another name of another. Empty when the entry has no name.
 */
export function identitiesOf(vulnerability: Json): ClairIdentity[] {
  const name = textOf(vulnerability.name).slice(0, MAX_NAME);
  const native = nativeIdOf(name);
  if (!native) {
    return [];
  }
  const named = assertedIdsOf(vulnerability);
  // The links of a CVE lead to its relatives as well, so they are asked last.
  const cves =
    firstFilled(
      () => cvesIn(name),
      () => cvesIn(named.join(' ')),
      () => cvesIn(textOf(vulnerability.links).slice(0, MAX_LINKS)),
    ) ?? [];
  // An advisory covers a vulnerability; it is no other name of it.
  const others = named.filter(id => !isCve(id) && !ADVISORY.test(id));
  if (cves.length === 0) {
    return [
      identity(
        native,
        others.filter(id => id !== native),
      ),
    ];
  }
  if (isCve(native) && cves.length === 1) {
    return [identity(native, others)];
  }
  return cves.length > 1 || ADVISORY.test(native)
    ? cves.map(id => ({
        id,
        ...(isCve(native) ? {} : { advisories: [native] }),
      }))
    : [identity(cves[0], [native, ...others])];
}

function identity(id: string, aliases: string[]): ClairIdentity {
  const distinct = [...new Set(aliases)];
  return { id, ...(distinct.length > 0 && { aliases: distinct }) };
}

/** The id in a name such as `RHSA-2023:5837: nghttp2 security update (Important)`; the name when there is none. */
function nativeIdOf(name: string): string | undefined {
  return (
    ADVISORY.exec(name)?.[0] ??
    OTHER.exec(name)?.[0] ??
    cvesIn(name)[0] ??
    shortText(name.trim(), 128)
  );
}

/**
 * What newer versions of Clair say themselves, in `Self` and `Aliases`. Go writes the fields as they are called or in
 * lower case, and a space that cannot be written as `{}`.
 */
function assertedIdsOf(vulnerability: Json): string[] {
  const entries = ['Self', 'self', 'Aliases', 'aliases'].flatMap(key => {
    const value = vulnerability[key];
    return isRecord(value) ? [value] : listOf(value);
  });
  return entries.slice(0, MAX_IDS).flatMap(entry => {
    if (!isRecord(entry)) {
      return knownId(textOf(entry)) ?? [];
    }
    const space = textOf(entry.Space ?? entry.space);
    const id = textOf(entry.Name ?? entry.name);
    return knownId(id) ?? knownId(`${space}-${id}`) ?? [];
  });
}

function knownId(text: string): string | undefined {
  const trimmed = text.slice(0, 128);
  const known =
    cvesIn(trimmed)[0] ??
    ADVISORY.exec(trimmed)?.[0] ??
    OTHER.exec(trimmed)?.[0];
  return known === trimmed ? known : undefined;
}

function cvesIn(text: string): string[] {
  return [...new Set(text.match(CVE) ?? [])].slice(0, MAX_IDS);
}

function isCve(id: string): boolean {
  return id.startsWith('CVE-');
}

function firstFilled(...sources: (() => string[])[]): string[] | undefined {
  for (const source of sources) {
    const found = source();
    if (found.length > 0) {
      return found;
    }
  }
  return undefined;
}
