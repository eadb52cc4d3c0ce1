import {
  JudgedFinding,
  namesOfFinding,
  VulnerabilityFinding,
} from 'backstage-plugin-supply-chain-common';
import { contentHash } from '../../contentHash';
import { storable, storableName } from '../../storable';
import { foundRank } from './foundRank';

/** One vulnerability of an image, in whatever packages. */
export type FoundVulnerability = {
  name: string;
  /** By `foundRank`: the worst of its packages. */
  severity: number;
  /** 1: one of its packages that count has a fix. */
  fixable: number;
  /** Sorted, its own included. */
  names: string[];
  title: string | null;
};

type IndexedFinding = VulnerabilityFinding & Pick<JudgedFinding, 'notAffected'>;

/** What scans found in an image. */
export type FindingSet = {
  /** Equal for equal findings. */
  hash: string;
  vulnerabilities: FoundVulnerability[];
};

/** Longest title that is kept; what comes from scanners is no longer, and need not be read whole in a list. */
const TITLE_LENGTH = 300;

/** The set of some findings: each vulnerability once, in order of the names. */
export function findingSetOf(findings: readonly IndexedFinding[]): FindingSet {
  const byName = new Map<string, IndexedFinding[]>();
  for (const finding of findings) {
    const name = storableName(finding.id);
    const others = byName.get(name);
    if (others) {
      others.push(finding);
    } else {
      byName.set(name, [finding]);
    }
  }
  const vulnerabilities = [...byName.keys()]
    .sort()
    .map(name => foundOf(name, byName.get(name)!));
  return {
    hash: contentHash(vulnerabilities),
    vulnerabilities,
  };
}

function foundOf(name: string, findings: IndexedFinding[]): FoundVulnerability {
  const names = [
    ...new Set(findings.flatMap(namesOfFinding).map(storableName)),
  ].sort();
  const { title } = findings.find(each => each.title) ?? {};
  return {
    name,
    names,
    title: title === undefined ? null : storable(title.slice(0, TITLE_LENGTH)),
    severity: Math.min(...findings.map(foundRank)),
    fixable: findings.some(each => each.fixedVersion && !each.notAffected)
      ? 1
      : 0,
  };
}

/** Equal for vulnerabilities of which the same is said, however bad they are. */
export function textHashOf({ name, names, title }: FoundVulnerability): string {
  return contentHash([name, names, title]);
}
