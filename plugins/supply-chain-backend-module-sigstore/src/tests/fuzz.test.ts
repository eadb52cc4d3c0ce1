import fc from 'fast-check';
import { parseDigest } from 'backstage-plugin-supply-chain-common';
import { Candidate, verifyCandidate } from '../verify';
import {
  AttackWorld,
  DIGEST,
  ecKeyPair,
  keyedBundle,
  pemOf,
} from '../__testUtils__/AttackWorld';
import { keyRoot, named } from '../__testUtils__/trustRoots';

const RUNS = { numRuns: 400 };

describe('mutated bundles', () => {
  let keyed: Buffer;
  let keyless: Buffer;
  let trustRoots: ReturnType<typeof named>;

  beforeAll(async () => {
    const world = await AttackWorld.create();
    const keyPair = ecKeyPair();
    keyed = Buffer.from(JSON.stringify(keyedBundle(keyPair)));
    keyless = Buffer.from(JSON.stringify(await world.bundle({ log: true })));
    trustRoots = named(
      keyRoot({ pem: pemOf(keyPair) }),
      world.trustRoot({ transparencyLog: 'required' }),
    );
  });

  function statuses(candidate: Candidate): string[] {
    return verifyCandidate({
      candidate,
      about: parseDigest(DIGEST)!,
      trustRoots,
      now: new Date(),
    }).checks.map(({ status }) => status);
  }

  /** What a verified bundle vouches for: must be byte for byte what was signed. */
  function vouchedFor(bytes: Buffer): string {
    const { dsseEnvelope, verificationMaterial } = JSON.parse(
      bytes.toString('utf8'),
    );
    return JSON.stringify([
      dsseEnvelope.payload,
      dsseEnvelope.payloadType,
      dsseEnvelope.signatures[0].sig,
      verificationMaterial.certificate,
    ]);
  }

  it('are as good as the originals before they are mutated', () => {
    expect(statuses({ form: 'bundle', bytes: keyed })[0]).toBe('verified');
    expect(statuses({ form: 'bundle', bytes: keyless })[1]).toBe('verified');
  });

  it('are never verified when what they vouch for changed, and never throw', () => {
    const edit = fc.record({
      position: fc.nat(),
      byte: fc.integer({ min: 0, max: 255 }),
      remove: fc.integer({ min: 0, max: 8 }),
      insert: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (isKeyed, edits) => {
          const original = isKeyed ? keyed : keyless;
          const mutated = edits.reduce((bytes, { position, ...change }) => {
            const at = position % bytes.length;
            return Buffer.concat([
              bytes.subarray(0, at),
              change.insert ? Buffer.from([change.byte]) : Buffer.alloc(0),
              bytes.subarray(at + change.remove),
            ]);
          }, original);
          const result = statuses({ form: 'bundle', bytes: mutated });
          const isForged =
            result.includes('verified') &&
            vouchedFor(mutated) !== vouchedFor(original);
          expect(isForged).toBe(false);
        },
      ),
      RUNS,
    );
  });

  it('are never verified when a value in them changed its type', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.nat(),
        fc.jsonValue(),
        (isKeyed, at, value) => {
          const bundle = JSON.parse((isKeyed ? keyed : keyless).toString());
          const paths = pathsOf(bundle);
          const path = paths[at % paths.length];
          const parent = path
            .slice(0, -1)
            .reduce((node, key) => node[key], bundle);
          const last = path[path.length - 1];
          parent[last] = value;
          const bytes = Buffer.from(JSON.stringify(bundle));
          const result = statuses({ form: 'bundle', bytes });
          // Hint and key id are wishes that nobody reads.
          const isWish = ['hint', 'keyid', 'publicKey'].includes(String(last));
          const isForged =
            result.includes('verified') &&
            !isWish &&
            vouchedFor(bytes) !== vouchedFor(isKeyed ? keyed : keyless);
          expect(isForged).toBe(false);
        },
      ),
      RUNS,
    );
  });

  it('of any bytes at all never throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (bytes, annotations) => {
          const candidates: Candidate[] = [
            { form: 'bundle', bytes },
            { form: 'simpleSigning', payload: bytes, annotations },
            { form: 'envelope', bytes, annotations },
          ];
          candidates.forEach(candidate =>
            expect(statuses(candidate)).not.toContain('verified'),
          );
        },
      ),
      RUNS,
    );
  });
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- walks any JSON
function pathsOf(node: any, path: string[] = []): string[][] {
  if (typeof node !== 'object' || node === null) {
    return [path];
  }
  return Object.keys(node).flatMap(key => [
    [...path, key],
    ...pathsOf(node[key], [...path, key]),
  ]);
}
