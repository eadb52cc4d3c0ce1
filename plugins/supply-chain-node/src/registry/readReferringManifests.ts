import {
  Digest,
  PlaceLook,
  ReasonCode,
  SignaturePlace,
} from 'backstage-plugin-supply-chain-common';
import { ReferrerList, referrersTag } from './fetchReferrers';
import { parseDescriptor, RegistryDescriptor } from './parseDescriptor';
import { RegistryManifest } from './readManifest';
import type { RegistryCallOptions, RegistryClient } from './RegistryClient';
import { RegistryFailure } from './registryResult';

/**
 * Referring manifests that are read for one digest, of whatever kind.
 *
 * @public
 */
export const REFERRERS_MAX = 128;

/**
 * What a reader makes of one referring manifest.
 *
 * @public
 */
export type PickedReferrer<T> = {
  items: T[];
  /** Why not all of it could be made out: the place was not read to its end (L10). */
  reason?: ReasonCode;
};

/**
 * Arguments of {@link readReferringManifests}.
 *
 * @public
 */
export type ReferringManifestsOptions<T> = {
  registry: RegistryClient;
  repository: string;
  /** The digest that is referred to. */
  about: Digest;
  options: RegistryCallOptions;
  /**
   * Called for every referring manifest, in any order; so that no more of it is kept than is needed. `isForeign`: its
   * own `subject` is another one, whatever list it was found in.
   */
  pick(manifest: RegistryManifest, isForeign: boolean): PickedReferrer<T>;
};

/**
 * One look at one of the two places referrers lie in.
 *
 * @public
 */
export type ReferrerLook<T> = Pick<PlaceLook, 'location' | 'about'> & {
  place: Extract<SignaturePlace, 'referrers' | 'fallbackTag'>;
  /** In the order of the list. */
  items: T[];
  /** Why it was not read to its end; absent when it was. */
  reason?: ReasonCode;
  /** Plain text for the trail. */
  note?: string;
};

type ReferrerPlace = ReferrerLook<never>['place'];
type Listed = Pick<ReferrerList, 'descriptors' | 'complete' | 'failure'>;

/**
 * Reads what refers to a digest: by the API and by the tag that stands in for it. Both, because a registry that learned
 * the API later still holds what clients wrote under the tag before. Each manifest is read itself: artifact types and
 * annotations of a list are claims of whoever wrote it.
 *
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 *
 * @public
 */
export async function readReferringManifests<T>(
  target: ReferringManifestsOptions<T>,
): Promise<ReferrerLook<T>[]> {
  const { registry, repository, about, options } = target;
  const listed = await registry.listReferrers(repository, about, options);
  if (!listed.ok) {
    return [unreadLook('referrers', about, listed)];
  }
  const { descriptors, source } = listed.value;
  if (source === 'fallbackTag') {
    return [
      {
        ...emptyLook('referrers', about),
        note: 'nothing from the API; the tag was read instead',
      },
      await readListed(target, { place: 'fallbackTag', list: listed.value }),
    ];
  }
  const [fromApi, fromTag] = await Promise.all([
    readListed(target, { place: 'referrers', list: listed.value }),
    // The client asked the tag by itself when the API knew nothing.
    descriptors.length > 0 ? readFallbackTag(target, descriptors) : undefined,
  ]);
  return [
    fromApi,
    fromTag ?? {
      ...emptyLook('fallbackTag', about),
      ...(fromApi.reason && { reason: fromApi.reason }),
    },
  ];
}

function emptyLook(place: ReferrerPlace, about: Digest): ReferrerLook<never> {
  const location = place === 'referrers' ? about : referrersTag(about);
  return { place, location, about, items: [] };
}

function unreadLook(
  place: ReferrerPlace,
  about: Digest,
  failure: RegistryFailure,
): ReferrerLook<never> {
  const look = emptyLook(place, about);
  // Only beside a proof of access does the client say "not found" (L5).
  return failure.reason === 'notFound'
    ? look
    : { ...look, reason: failure.reason, note: failure.detail };
}

async function readFallbackTag<T>(
  target: ReferringManifestsOptions<T>,
  known: RegistryDescriptor[],
): Promise<ReferrerLook<T>> {
  const { registry, repository, about, options } = target;
  const index = await registry.getManifest(
    repository,
    referrersTag(about),
    options,
  );
  if (!index.ok) {
    return unreadLook('fallbackTag', about, index);
  }
  const entries = Array.isArray(index.value.json.manifests)
    ? index.value.json.manifests
    : [];
  const descriptors = entries
    .slice(0, REFERRERS_MAX + 1)
    .flatMap(entry => parseDescriptor(entry) ?? []);
  const isMalformed =
    descriptors.length < Math.min(entries.length, REFERRERS_MAX + 1);
  const digests = new Set(known.map(({ digest }) => digest));
  return readListed(target, {
    place: 'fallbackTag',
    list: {
      descriptors: descriptors.filter(({ digest }) => !digests.has(digest)),
      complete: !isMalformed,
    },
  });
}

async function readListed<T>(
  target: ReferringManifestsOptions<T>,
  options: { place: ReferrerPlace; list: Listed },
): Promise<ReferrerLook<T>> {
  const { place, list } = options;
  const read = await Promise.all(
    list.descriptors
      .slice(0, REFERRERS_MAX)
      .map(descriptor => readOne(target, descriptor)),
  );
  const others = read.filter(({ isOther }) => isOther).length;
  const reason = firstReason(list, read);
  return {
    ...emptyLook(place, target.about),
    items: read.flatMap(({ items }) => items),
    ...(reason && { reason }),
    ...(others > 0 && { note: `${others} other artifacts` }),
  };
}

async function readOne<T>(
  target: ReferringManifestsOptions<T>,
  descriptor: RegistryDescriptor,
): Promise<PickedReferrer<T> & { isOther: boolean }> {
  const { registry, repository, about, options, pick } = target;
  const manifest = await registry.getManifest(
    repository,
    descriptor.digest,
    options,
  );
  if (!manifest.ok) {
    return { items: [], isOther: false, reason: manifest.reason };
  }
  const { subject } = manifest.value.json;
  const picked = pick(
    manifest.value,
    parseDescriptor(subject)?.digest !== about,
  );
  return { ...picked, isOther: picked.items.length === 0 };
}

function firstReason(
  list: Listed,
  read: PickedReferrer<unknown>[],
): ReasonCode | undefined {
  if (!list.complete) {
    return list.failure?.reason ?? 'malformedDocument';
  }
  if (list.descriptors.length > REFERRERS_MAX) {
    return 'tooManyCandidates';
  }
  return read.find(({ reason }) => reason !== undefined)?.reason;
}
