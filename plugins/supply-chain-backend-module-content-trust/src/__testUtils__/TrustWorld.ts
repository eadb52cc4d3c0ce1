import { createHash } from 'node:crypto';
import {
  ContentTrustPin,
  Digest,
  EvidenceOf,
  ImageSubject,
  parseDigest,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import type { CollectContext } from 'backstage-plugin-supply-chain-node';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { createCollectContext } from 'backstage-plugin-supply-chain-node/testUtils';
import { NotaryServer, NotaryServerOptions, TrustCollection } from 'sandbox';
import { ContentTrustCollector } from '../ContentTrustCollector';
import { digestOf, GUN, NOW } from './MintedTrust';

/** The digest of a word, as a subject has it. */
export const subjectDigest = (word: string): Digest =>
  parseDigest(digestOf(word))!;

/** Registry facts as they are collected first. */
export function originOf(parents: Digest[] = []): EvidenceOf<'origin'> {
  return {
    subject: imageOf('one'),
    collector: 'origin',
    kind: 'origin',
    status: 'present',
    observedAt: NOW.toISOString(),
    detail: {
      kind: 'manifest',
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      sizeBytes: 1234,
      children: [],
      parents,
      tags: [],
    },
  };
}

/** The image whose digest is that of a word. */
export function imageOf(word: string): ImageSubject {
  return { type: 'image', repository: GUN, digest: subjectDigest(word) };
}

/** A Notary server with one collection, and a collector that asks it. */
export class TrustWorld {
  readonly collection = TrustCollection.create({ gun: GUN, now: NOW });
  readonly collector: ContentTrustCollector;
  readonly #state = new Map<string, string>();
  readonly state: CollectContext['state'] = {
    get: async key => this.#state.get(key),
    set: async (key, value) => {
      this.#state.set(key, value);
    },
  };

  static async start(options: NotaryServerOptions = {}): Promise<TrustWorld> {
    const server = await NotaryServer.start({ now: () => NOW, ...options });
    const { authentication } = options;
    const credentials =
      authentication && 'username' in authentication
        ? {
            username: authentication.username,
            password: authentication.password,
          }
        : {};
    const client = RegistryClient.create({
      registries: [
        {
          host: server.host,
          insecure: true,
          allowPrivateAddress: true,
          ...credentials,
        },
      ],
      limits: { totalTimeoutMs: 2_000 },
    });
    return new TrustWorld(server, client);
  }

  private constructor(
    readonly server: NotaryServer,
    readonly client: RegistryClient,
  ) {
    this.collector = ContentTrustCollector.create({ registry: client });
    this.collection.signTag('1.0.0', digestOf('one'));
    this.collection.publish(NOW);
    server.add(this.collection);
  }

  /** Everything that is remembered. */
  get remembered(): Record<string, string> {
    return Object.fromEntries(this.#state);
  }

  /** A trust root that pins the root key of the collection, unless told otherwise. */
  root(
    options: {
      name?: string;
      server?: string;
      pins?: ContentTrustPin[];
      trustOnFirstUse?: boolean;
    } = {},
  ): TrustRoot {
    const {
      name = 'acme',
      server = this.server.url,
      pins = [this.pin()],
      trustOnFirstUse = false,
    } = options;
    const spec = {
      type: 'contentTrust' as const,
      server,
      pins,
      trustOnFirstUse,
    };
    const hash = createHash('sha256').update(JSON.stringify(spec));
    return { name, spec, digest: `sha256:${hash.digest('hex')}`, warnings: [] };
  }

  /** A pin of the current root key. */
  pin(images = 'registry.example.test/shop/*'): ContentTrustPin {
    const rootKeyIds = [this.collection.keys.root.id];
    return { images, type: 'rootKeyIds', rootKeyIds };
  }

  /** The context of a look, with registry facts and the memory of this world. */
  context(overrides: Partial<CollectContext> = {}): CollectContext {
    return createCollectContext({
      now: NOW,
      state: this.state,
      origin: originOf(),
      trustRoots: [this.root()],
      ...overrides,
    });
  }

  /** The evidence about the image of a word. */
  async collect(
    word = 'one',
    overrides: Partial<CollectContext> = {},
  ): Promise<EvidenceOf<'signature'>> {
    const context = this.context(overrides);
    const [evidence] = await this.collector.collect(imageOf(word), context);
    return evidence;
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.server.stop();
  }
}

/** `role tag status` and the reason of each statement. */
export function toldBy(evidence: EvidenceOf<'signature'>): string[] {
  return (evidence.detail?.statements ?? []).map(({ signedTag, checks }) =>
    [
      signedTag?.role,
      signedTag?.tag,
      checks[0].status,
      checks[0].reason,
      checks[0].firstUse && 'firstUse',
    ]
      .filter(part => part !== undefined)
      .join(' '),
  );
}
