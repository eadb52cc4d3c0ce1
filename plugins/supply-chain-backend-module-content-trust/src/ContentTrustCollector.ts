import {
  EvidenceOf,
  ImageSubject,
  parseImageReference,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import type {
  CollectContext,
  CollectorState,
  EvidenceCollector,
} from 'backstage-plugin-supply-chain-node';
import type { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { concludeLooks } from './concludeLooks';
import { ContentTrustClient } from './ContentTrustClient';
import {
  describeResult,
  RootLook,
  unreadRoot,
  withoutParents,
} from './RootLook';
import { ContentTrustSpec, trustOf } from './trustOf';
import { Turns } from './Turns';
import { CollectionResult, CollectionTrust } from './verify';

type ContentTrustRoot = TrustRoot & { spec: ContentTrustSpec };

/**
 * Looks for Docker Content Trust (Notary v1): which tags are signed to the image, under every trust root that names a
 * Notary server. It states what it found; whether that suffices is for policies to say.
 *
 * @public
 */
export class ContentTrustCollector implements EvidenceCollector {
  readonly id = 'content-trust';
  readonly kinds = ['signature'] as const;
  readonly #client: ContentTrustClient;
  readonly #turns = new Turns();

  /** Creates a collector that reads through this client. */
  static create(options: { registry: RegistryClient }): ContentTrustCollector {
    return new ContentTrustCollector(ContentTrustClient.create(options));
  }

  private constructor(client: ContentTrustClient) {
    this.#client = client;
  }

  /** Looks under every trust root of content trust, for the subject and for every index that lists it (L3). */
  async collect(
    subject: ImageSubject,
    context: CollectContext,
  ): Promise<EvidenceOf<'signature'>[]> {
    // Without such a root nothing is asked, and "absent" says nothing: a policy believes it only beside a look under
    // a root it trusts.
    const looks = await Promise.all(
      context.trustRoots
        .filter(isContentTrust)
        .map(root => this.#lookUnder(root, subject, context)),
    );
    const { now } = context;
    return [
      {
        subject,
        collector: this.id,
        kind: 'signature',
        observedAt: now.toISOString(),
        ...concludeLooks(looks, now),
      },
    ];
  }

  async #lookUnder(
    root: ContentTrustRoot,
    subject: ImageSubject,
    context: CollectContext,
  ): Promise<RootLook> {
    const gun = subject.repository;
    const { origin, trustsFirstUse: mayBegin = false } = context;
    const target = {
      trustRoot: root.name,
      server: root.spec.server,
      subject,
      parents: origin?.detail?.parents ?? [],
      namedTags: namedTags(subject, context.imageRefs),
    };
    const trust = trustOf(root.spec, { gun, mayBegin });
    if (!trust.ok) {
      return unreadRoot(target, trust);
    }
    if (!trust.trust) {
      return describeResult(target, { outcome: 'notPinned' });
    }
    const result = await this.#read(root, trust.trust, { gun, context });
    const look = describeResult(target, result);
    return origin?.detail
      ? look
      : withoutParents(look, origin?.reason ?? 'notCollectedYet');
  }

  /** One at a time for each collection: a slower look must not put back what a faster one remembered. */
  async #read(
    root: ContentTrustRoot,
    trust: CollectionTrust,
    options: { gun: string; context: CollectContext },
  ): Promise<CollectionResult> {
    const { gun, context } = options;
    const { signal, now, state } = context;
    const { server } = root.spec;
    // By trust root too: what one document trusted first must not bind another.
    const key = [root.name, server, gun].join(' ');
    return this.#turns.take(key, signal, async () => {
      const previous = await state.get(key);
      const result = await this.#client.read({
        server,
        gun,
        trust,
        previous,
        now,
        signal,
      });
      if (result.outcome === 'accepted') {
        await remember(state, { key, previous, next: result.state });
      }
      return result;
    });
  }
}

async function remember(
  state: CollectorState,
  options: { key: string; previous: string | undefined; next: string },
): Promise<void> {
  const { key, previous, next } = options;
  // Another replica may have looked meanwhile; what it remembered was not compared with this, so it stays.
  if (next !== previous && (await state.get(key)) === previous) {
    await state.set(key, next);
  }
}

function isContentTrust(root: TrustRoot): root is ContentTrustRoot {
  return root.spec.type === 'contentTrust';
}

/** Tags that workloads name for this image; where a digest is written the tag is a comment. */
function namedTags(subject: ImageSubject, imageRefs: string[]): string[] {
  return imageRefs.flatMap(text => {
    const parsed = parseImageReference(text);
    const isTag =
      parsed.ok &&
      parsed.reference.repository === subject.repository &&
      parsed.reference.digest === undefined;
    return isTag ? parsed.reference.tag ?? [] : [];
  });
}
