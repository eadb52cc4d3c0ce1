import { createHash } from 'node:crypto';
import { NotaryKey, PublishOverrides, TrustCollection } from 'sandbox';
import { CollectionQuestion, CollectionResult } from '../verify';
import { driveCollection, FileSource } from './driveCollection';

export const GUN = 'registry.example.test/shop/web';
export const NOW = new Date('2026-11-24T00:00:00Z');
/** A digest that differs for each word. */
export const digestOf = (word: string) =>
  `sha256:${createHash('sha256').update(word).digest('hex')}`;

/** Trust data with our own keys, with `1.0.0` in `targets`, and everything a test may want to do to it. */
export class MintedTrust {
  readonly collection: TrustCollection;

  constructor(
    options: { keys?: Partial<TrustCollection['keys']>; gun?: string } = {},
  ) {
    const { keys, gun = GUN } = options;
    this.collection = TrustCollection.create({ gun, now: NOW, keys });
    this.collection.signTag('1.0.0', digestOf('one'));
  }

  /** Signs and publishes; see {@link PublishOverrides}. */
  publish(overrides?: PublishOverrides): this {
    this.collection.publish(NOW, overrides);
    return this;
  }

  /** Adds `targets/releases` or another role with its own key and one tag in it. */
  delegate(name: string, tag: string, word: string): NotaryKey {
    const key = NotaryKey.create();
    this.collection.delegate(name, { keys: [key] });
    this.collection.signTag(tag, digestOf(word), { role: name });
    return key;
  }

  /** The current files, kept as they are now. */
  snapshotOfFiles(): FileSource {
    const { collection } = this;
    const names = ['root', 'timestamp', 'snapshot', 'targets'];
    const kept = new Map(names.map(name => [name, collection.file(name)]));
    return name => kept.get(name) ?? collection.file(name);
  }

  /** Verifies with the root key pinned, unless the question says otherwise. */
  verify(
    question: Partial<CollectionQuestion> = {},
    source: FileSource = name => this.collection.file(name),
  ): CollectionResult {
    const rootKeyIds = [this.collection.keys.root.id];
    return driveCollection(
      {
        gun: GUN,
        trust: { type: 'rootKeyIds', rootKeyIds },
        now: NOW,
        ...question,
      },
      source,
    );
  }

  /** What a good look leaves to be remembered. */
  remember(question: Partial<CollectionQuestion> = {}): string {
    const result = this.verify(question);
    if (result.outcome !== 'accepted') {
      throw new Error(
        `expected good trust data, got ${JSON.stringify(result)}`,
      );
    }
    return result.state;
  }
}
