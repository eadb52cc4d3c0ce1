import { compareText } from '../compareText';
import { AliasGroups } from '../merge/AliasGroups';
import { JudgedFinding } from '../vex';
import { FindingPlace, placeOf } from './placeOf';
import { withoutRepetition } from './withoutRepetition';

/** A finding of the earlier and one of the later image; one of them is missing where there is none. */
export type FindingPair = [
  JudgedFinding | undefined,
  JudgedFinding | undefined,
];

type Entry = { finding: JudgedFinding; place: FindingPlace; order: string };

/** What both images say of one vulnerability in packages of one name. */
type Bucket = Record<'before' | 'after', JudgedFinding[]>;

/**
 * Brings together what is the same vulnerability in the same package of two images, each finding once. Turned round,
 * the pairs are turned round.
 *
 * Several findings of one place, such as two versions of one package, are paired by version first and then in order.
 * Whoever names no package URL or no path may mean any, as when scans are merged.
 */
export function pairFindings(
  before: readonly JudgedFinding[],
  after: readonly JudgedFinding[],
): FindingPair[] {
  const groups = AliasGroups.of([...before, ...after]);
  const buckets = new Map<string, Bucket>();
  const put = (side: keyof Bucket, finding: JudgedFinding) => {
    const { name } = placeOf(finding);
    const key = JSON.stringify([groups.primaryOf(finding.id), name]);
    const bucket = buckets.get(key) ?? { before: [], after: [] };
    buckets.set(key, bucket);
    bucket[side].push(finding);
  };
  before.forEach(finding => put('before', finding));
  after.forEach(finding => put('after', finding));
  return [...buckets]
    .sort(([left], [right]) => compareText(left, right))
    .flatMap(([, bucket]) =>
      pairsOf(entriesOf(bucket.before), entriesOf(bucket.after)),
    );
}

function entriesOf(findings: JudgedFinding[]): Entry[] {
  return withoutRepetition(findings)
    .map(finding => ({
      finding,
      place: placeOf(finding),
      order: JSON.stringify([
        finding.installedVersion,
        finding.purl ?? '',
        finding.path ?? '',
      ]),
    }))
    .sort((left, right) => compareText(left.order, right.order));
}

type Test = (entry: Entry) => boolean;

const noPurl: Test = ({ place }) => place.purl === '';
const noPath: Test = ({ place }) => place.path === '';

/**
 * What both must agree on, and what one names that the other leaves out; the most exact first. The two sides of a step
 * share no finding, so it does not matter which image is asked first.
 */
const STEPS: readonly {
  agreeOn: (entry: Entry) => string;
  sides?: [Test, Test];
}[] = [
  {
    agreeOn: ({ place: { purl, path }, finding: { installedVersion } }) =>
      JSON.stringify([purl, path, installedVersion]),
  },
  { agreeOn: ({ place: { purl, path } }) => JSON.stringify([purl, path]) },
  {
    agreeOn: ({ place }) => place.path,
    sides: [noPurl, each => !noPurl(each)],
  },
  {
    agreeOn: ({ place }) => place.purl,
    sides: [noPath, each => !noPath(each)],
  },
  {
    agreeOn: () => '',
    sides: [
      each => noPurl(each) && noPath(each),
      each => !noPurl(each) && !noPath(each),
    ],
  },
  {
    agreeOn: () => '',
    sides: [
      each => noPurl(each) && !noPath(each),
      each => !noPurl(each) && noPath(each),
    ],
  },
];

function pairsOf(before: Entry[], after: Entry[]): FindingPair[] {
  const pairs: FindingPair[] = [];
  const taken = new Set<Entry>();
  const pair = (agreeOn: (entry: Entry) => string, left: Test, right: Test) => {
    const free = (test: Test) => (entry: Entry) =>
      !taken.has(entry) && test(entry);
    const others = new Map<string, Entry[]>();
    for (const entry of after.filter(free(right))) {
      const key = agreeOn(entry);
      others.set(key, [...(others.get(key) ?? []), entry]);
    }
    for (const entry of before.filter(free(left))) {
      const other = others.get(agreeOn(entry))?.shift();
      if (other) {
        taken.add(entry).add(other);
        pairs.push([entry.finding, other.finding]);
      }
    }
  };
  for (const { agreeOn, sides } of STEPS) {
    if (sides) {
      const [left, right] = sides;
      pair(agreeOn, left, right);
      pair(agreeOn, right, left);
    } else {
      pair(
        agreeOn,
        () => true,
        () => true,
      );
    }
  }
  const alone = (entries: Entry[]) =>
    entries.filter(entry => !taken.has(entry)).map(each => each.finding);
  return [
    ...pairs,
    ...alone(before).map((finding): FindingPair => [finding, undefined]),
    ...alone(after).map((finding): FindingPair => [undefined, finding]),
  ];
}
