import { KnownExploitedCatalogue } from 'backstage-plugin-supply-chain-common';
import { ConformanceWorld, PreparedCase } from './ConformanceWorld';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The catalogue of known exploited vulnerabilities of a case; undefined: none is loaded. */
export function catalogueOf(
  { definition: { catalogue } }: PreparedCase,
  { now }: ConformanceWorld,
): KnownExploitedCatalogue | undefined {
  if (!catalogue) {
    return undefined;
  }
  const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS);
  const dateIn = (days: number) => inDays(days).toISOString().slice(0, 10);
  return {
    version: '1',
    releasedAt: inDays(-catalogue.ageDays).toISOString(),
    entries: catalogue.listed.map(({ id, dueInDays, ransomware = false }) => ({
      id,
      dateAdded: dateIn(-30),
      dueDate: dateIn(dueInDays),
      ransomware,
    })),
  };
}

/** The same as CISA publishes it. */
export function catalogueDocument({
  version,
  releasedAt,
  entries,
}: KnownExploitedCatalogue): string {
  return JSON.stringify({
    catalogVersion: version,
    dateReleased: releasedAt,
    count: entries.length,
    vulnerabilities: entries.map(({ id, dateAdded, dueDate, ransomware }) => ({
      cveID: id,
      dateAdded,
      dueDate,
      knownRansomwareCampaignUse: ransomware ? 'Known' : 'Unknown',
    })),
  });
}
