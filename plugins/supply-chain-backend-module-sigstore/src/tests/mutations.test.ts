import { isDeepStrictEqual } from 'node:util';
import { parseDigest, TrustCheck } from 'backstage-plugin-supply-chain-common';
import { DIGEST } from '../__testUtils__/AttackWorld';
import {
  Artefact,
  assemble,
  createArtefacts,
  Documents,
  vouchedFor,
} from '../__testUtils__/mutations/artefacts';
import {
  Json,
  MUTATORS,
  pathsOf,
  valueAt,
} from '../__testUtils__/mutations/mutators';
import { Random } from '../__testUtils__/mutations/Random';
import { named } from '../__testUtils__/trustRoots';
import { Candidate, verifyCandidate } from '../verify';

/** The full run: `SUPPLY_CHAIN_MUTATIONS=20000`. */
const COUNT = Number(process.env.SUPPLY_CHAIN_MUTATIONS ?? 3000);
const SEED = Number(process.env.SUPPLY_CHAIN_MUTATIONS_SEED ?? 1);

/** What nobody reads, or what says nothing that is not proven elsewhere: by path, why it may change. */
const HARMLESS: [RegExp, string][] = [
  [/^bundle\.verificationMaterial\.publicKey/, 'the hint of a key is a wish'],
  [/\.keyid$/, 'the id of a key is a wish'],
  [
    /^annotations\.(?!(dev\.cosignproject\.cosign\/signature|dev\.sigstore\.cosign\/(certificate|bundle|rfc3161timestamp))$)/,
    'other annotations are not read',
  ],
  [
    /^annotations\.dev\.cosignproject\.cosign\/signature$/,
    'an envelope brings its signature along',
  ],
  [
    /^annotations\.dev\.sigstore\.cosign\/certificate$/,
    'the lines of a PEM text are no part of the certificate',
  ],
  [
    /^annotations\.dev\.sigstore\.cosign\/rfc3161timestamp$|\.timestampVerificationData/,
    'the log proves the time as well, or what changed in the token is not signed',
  ],
  [
    /\.(inclusionProof\.hashes|logIndex)$/,
    'JSON of protobuf may leave zero and empty lists out, and write numbers as such',
  ],
  [/\.inclusionPromise/, 'the timestamp authority proves the time as well'],
];

type Accepted = { mutator: string; documents: Documents };

describe(`${COUNT} mutants of good artefacts`, () => {
  let artefacts: Artefact[];

  beforeAll(async () => {
    artefacts = await createArtefacts();
  });

  /** Who signed and when, or nothing when it is refused. */
  function verify(
    artefact: Artefact,
    candidate: Candidate,
  ): Partial<TrustCheck> | undefined {
    const [{ status, signer, signedAt }] = verifyCandidate({
      candidate,
      about: parseDigest(DIGEST)!,
      trustRoots: named(artefact.trustRoot),
      now: new Date(),
    }).checks;
    return status === 'verified' ? { signer, signedAt } : undefined;
  }

  /** What an accepted mutant must not change. */
  function said(candidate: Candidate, { signer }: Partial<TrustCheck>) {
    return [vouchedFor(candidate), signer];
  }

  function mutate(artefact: Artefact, random: Random): Accepted {
    const { documents, sibling } = artefact;
    const mutator = random.pick(Object.keys(MUTATORS));
    const part = random.pick(Object.keys(documents));
    return {
      mutator,
      documents: {
        ...documents,
        [part]: MUTATORS[mutator](documents[part], random, sibling[part]),
      },
    };
  }

  function tryAssemble(documents: Documents): Candidate | undefined {
    try {
      return assemble(documents);
    } catch {
      return undefined;
    }
  }

  it('none is accepted that vouches for anything else, and every original is', () => {
    const random = new Random(SEED);
    const unchanged: Record<string, number> = {};
    let refused = 0;
    const originals = new Map(
      artefacts.map(artefact => {
        const candidate = assemble(artefact.documents);
        const proof = verify(artefact, candidate)!;
        return [artefact, { proof, said: said(candidate, proof) }];
      }),
    );
    for (let count = 0; count < COUNT; count += 1) {
      const artefact = artefacts[count % artefacts.length];
      const mutant = mutate(artefact, random);
      const candidate = tryAssemble(mutant.documents);
      const proof = candidate && verify(artefact, candidate);
      if (!proof) {
        refused += 1;
        continue;
      }
      const reason = whyUnchanged(artefact, mutant);
      unchanged[reason] = (unchanged[reason] ?? 0) + 1;
      const original = originals.get(artefact)!;
      expect(said(candidate, proof)).toEqual(original.said);
      // Log and timestamp authority may differ by the moment between them; no other time is proven.
      const [before, after] = [original.proof, proof].map(({ signedAt }) =>
        Date.parse(signedAt ?? '1970-01-01'),
      );
      expect(Math.abs(before - after)).toBeLessThan(30_000);
    }
    // eslint-disable-next-line no-console -- the numbers are what the run is for
    console.info(JSON.stringify({ seed: SEED, refused, unchanged }, null, 2));
    expect(Object.keys(unchanged).filter(each => each.startsWith('?'))).toEqual(
      [],
    );
    expect(refused).toBeGreaterThan(COUNT / 2);
  });
});

/** Why a mutant says the same as its original; begins with `?` when nobody knows. */
function whyUnchanged(artefact: Artefact, mutant: Accepted): string {
  const [part] = Object.keys(artefact.documents).filter(
    name => !artefact.documents[name].equals(mutant.documents[name]),
  );
  if (part === undefined) {
    return 'the bytes are the same';
  }
  const [before, after] = [artefact, mutant].map(({ documents }) =>
    JSON.parse(documents[part].toString('utf8')),
  );
  const paths = changedPaths(before, after).map(path =>
    [part, ...path].join('.'),
  );
  if (paths.length === 0) {
    return 'the same values are spelled or ordered differently';
  }
  const reasons = paths.map(
    path =>
      HARMLESS.find(([pattern]) => pattern.test(path))?.[1] ??
      sameValue(
        path,
        [before, after].map(each => valueAt(each, path.split('.').slice(1))),
      ) ??
      `? ${artefact.name}: ${mutant.mutator} ${path}`,
  );
  return reasons.find(reason => reason.startsWith('?')) ?? reasons[0];
}

/** What is written otherwise and read as the same. */
function sameValue(path: string, values: Json[]): string | undefined {
  const [before, after] = values.map(String);
  if (path.endsWith('.treeSize') && before === after) {
    return 'JSON of protobuf may write a number as such';
  }
  // A log signs the text above the blank line of its checkpoint; below it stand a name and base64.
  const [note, otherNote] = [before, after].map(each => each.split('\n\n')[0]);
  return path.endsWith('.checkpoint.envelope') && note === otherNote
    ? 'what the log signed is the same, its signature is spelled otherwise'
    : undefined;
}

function changedPaths(before: Json, after: Json): string[][] {
  const paths = [...pathsOf(before), ...pathsOf(after)];
  return paths.filter(path => {
    const [one, other] = [valueAt(before, path), valueAt(after, path)];
    const isLeaf = typeof one !== 'object' || typeof other !== 'object';
    return isLeaf && !isDeepStrictEqual(one, other);
  });
}
