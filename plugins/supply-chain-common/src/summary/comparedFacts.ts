import { BaseImage } from '../model/origin';
import { normaliseSourceRepository } from '../sourceRepositories';
import { withoutRevision } from '../sourceRepositories/parseWorkflowUri';
import { compareText } from '../vulnerabilities/compareText';
import { JudgedImage } from './JudgedImage';

/**
 * What is set side by side of two images.
 *
 * @public
 */
export type ComparedFactId =
  | 'signature'
  | 'signer'
  | 'trustRoot'
  | 'provenance'
  | 'builder'
  | 'source'
  | 'commit'
  | 'baseImage'
  | 'baseDigest';

/**
 * One thing said of two images. All texts are hostile (L32).
 *
 * @public
 */
export type ComparedFact = {
  id: ComparedFactId;
  /** Of the earlier image; empty where it is not known. */
  before: string[];
  after: string[];
  /** `unknown`: at least one image does not say, or what they say alike is a claim of one of them. */
  result: 'same' | 'different' | 'unknown';
  /** How two builds of one repository usually are; absent: either is as good. */
  expected?: 'same' | 'different';
  /** What an image merely claims: nobody trusted vouches for it. */
  claimed?: ('before' | 'after')[];
};

/**
 * What was judged of an image, and what it says of the image it was built on.
 *
 * @public
 */
export type FactsToCompare = Pick<
  JudgedImage,
  'signature' | 'signers' | 'provenance'
> & { base?: BaseImage };

/** Texts to show, and what they are compared by. */
type Values = { shown: string[]; keys: string[]; isClaim?: boolean };

type Reader = {
  id: ComparedFactId;
  expected?: ComparedFact['expected'];
  read: (facts: FactsToCompare) => Values;
};

const text = (value: string | undefined, key = value): Values =>
  value === undefined || key === undefined
    ? { shown: [], keys: [] }
    : { shown: [value], keys: [key] };

/** Only a verified statement proves how an image was made. */
const proven = (
  { provenance }: FactsToCompare,
  value: string | undefined,
  key = value,
): Values => ({
  ...text(value, key),
  isClaim: value !== undefined && provenance?.status !== 'verified',
});

const READERS: readonly Reader[] = [
  {
    id: 'signature',
    expected: 'same',
    read: ({ signature }) => text(signature?.status),
  },
  {
    id: 'signer',
    expected: 'same',
    // Identities, not subjects: those of a certificate name the tag that was built.
    read: ({ signers = [] }) => ({
      shown: distinct(signers.map(({ signer }) => signer)),
      keys: distinct(signers.map(({ identity }) => identity)),
    }),
  },
  {
    id: 'trustRoot',
    expected: 'same',
    read: ({ signers = [] }) => {
      const names = distinct(signers.map(({ trustRoot }) => trustRoot));
      return { shown: names, keys: names };
    },
  },
  {
    id: 'provenance',
    expected: 'same',
    read: ({ provenance }) => text(provenance?.status),
  },
  {
    id: 'builder',
    expected: 'same',
    // A new release of a builder is no other builder.
    read: facts => {
      const builder = facts.provenance?.builder;
      return proven(facts, builder, builder && withoutRevision(builder));
    },
  },
  {
    id: 'source',
    expected: 'same',
    read: facts => {
      const source = facts.provenance?.source;
      return proven(
        facts,
        source,
        source && (normaliseSourceRepository(source) ?? source),
      );
    },
  },
  {
    id: 'commit',
    expected: 'different',
    read: facts => {
      const commit = facts.provenance?.commit;
      return proven(facts, commit, commit?.toLowerCase());
    },
  },
  { id: 'baseImage', read: ({ base }) => text(base?.name) },
  {
    id: 'baseDigest',
    read: ({ base }) => text(base?.digest),
  },
];

/**
 * Sets side by side who signed two images, how they were made and on what; what neither of them says is left out.
 *
 * @public
 */
export function comparedFacts(
  before: FactsToCompare,
  after: FactsToCompare,
): ComparedFact[] {
  return READERS.map(({ id, expected, read }) => {
    const left = read(before);
    const right = read(after);
    const claimed = [
      ...(left.isClaim ? ['before' as const] : []),
      ...(right.isClaim ? ['after' as const] : []),
    ];
    return {
      id,
      before: left.shown,
      after: right.shown,
      result: resultOf(left, right, claimed.length > 0),
      ...(expected && { expected }),
      ...(claimed.length > 0 && { claimed }),
    };
  }).filter(fact => fact.before.length > 0 || fact.after.length > 0);
}

/** A claim can show a difference; that nothing is different it cannot prove (L8). */
function resultOf(
  { keys: before }: Values,
  { keys: after }: Values,
  isClaim: boolean,
): ComparedFact['result'] {
  if (before.length === 0 || after.length === 0) {
    return 'unknown';
  }
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    return 'different';
  }
  return isClaim ? 'unknown' : 'same';
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}
