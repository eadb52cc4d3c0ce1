import { driveCollection, tagsOf } from '../__testUtils__/driveCollection';
import { digestOf, GUN, MintedTrust, NOW } from '../__testUtils__/MintedTrust';
import { CollectionResult } from '../verify';

const MUTATIONS = 3000;
const ROLES = ['root', 'timestamp', 'snapshot', 'targets', 'targets/releases'];

/** mulberry32: the same mutations in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = ReturnType<typeof seeded>;

/** Changes, removes, inserts or copies bytes. */
function mutateBytes(bytes: Buffer, random: Random): Buffer {
  const at = random(bytes.length);
  const length = 1 + random(8);
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at + length);
  const from = random(bytes.length);
  const inserted = [
    Buffer.from([random(256)]),
    Buffer.alloc(0),
    bytes.subarray(from, from + length),
  ][random(3)];
  return Buffer.concat([before, inserted, after]);
}

/** Puts the value of one place of the document in another. */
function mutateValue(bytes: Buffer, random: Random): Buffer {
  const document = JSON.parse(bytes.toString('utf8'));
  const places: [any, string][] = [];
  const walk = (node: any) =>
    Object.keys(node ?? {}).forEach(key => {
      places.push([node, key]);
      if (typeof node[key] === 'object') {
        walk(node[key]);
      }
    });
  walk(document);
  const [target, key] = places[random(places.length)];
  const [source, other] = places[random(places.length)];
  const values = [
    () => JSON.parse(JSON.stringify(source[other])),
    () => null,
    () => random(10),
    () => digestOf(String(random(1000))),
    () => undefined,
  ];
  target[key] = values[random(values.length)]();
  return Buffer.from(JSON.stringify(document));
}

describe('seeded mutations of valid trust data', () => {
  const trust = new MintedTrust();
  trust.collection.signTag('2.0.0', digestOf('two'));
  trust.delegate('targets/releases', '1.0.1', 'three');
  trust.publish();
  // A root that was rotated, so that the way from the old one is under attack as well.
  const previous = trust.remember();
  const question = {
    gun: GUN,
    trust: {
      type: 'rootKeyIds' as const,
      rootKeyIds: [trust.collection.keys.root.id],
    },
    now: NOW,
    previous,
  };
  const verify = (changed: Map<string, Buffer>): CollectionResult =>
    driveCollection(
      question,
      name => changed.get(name) ?? trust.collection.file(name),
    );
  const good = verify(new Map());

  it('begin with data that is accepted', () => {
    expect(tagsOf(good)).toHaveLength(3);
  });

  it(`never change what a tag is signed to, in ${MUTATIONS} tries`, () => {
    const random = seeded(20261124);
    const expected = tagsOf(good);
    const outcomes = { accepted: 0, refused: 0, absent: 0 };
    for (let count = 0; count < MUTATIONS; count += 1) {
      const changed = new Map<string, Buffer>();
      for (let edits = 1 + random(2); edits > 0; edits -= 1) {
        const role = ROLES[random(ROLES.length)];
        const bytes = changed.get(role) ?? trust.collection.file(role)!;
        try {
          changed.set(
            role,
            [mutateBytes, mutateValue][random(2)](bytes, random),
          );
        } catch {
          // Bytes that are no JSON any more have no values to exchange; they stay as mutated as they are.
        }
      }
      const result = verify(changed);
      outcomes[result.outcome] += 1;
      // What is accepted at all is accepted whole: no tag is added, moved or taken away.
      const told = result.outcome === 'accepted' ? tagsOf(result) : expected;
      expect(told).toEqual(expected);
    }
    expect(outcomes.refused).toBeGreaterThan(MUTATIONS / 2);
    expect(tagsOf(verify(new Map()))).toEqual(tagsOf(good));
  });
});
