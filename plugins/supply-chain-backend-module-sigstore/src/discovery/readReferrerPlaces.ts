import {
  PlaceLook,
  ReasonCode,
  SignaturePlace,
} from 'backstage-plugin-supply-chain-common';
import {
  parseDescriptor,
  ReferrerList,
  referrersTag,
  RegistryDescriptor,
} from 'backstage-plugin-supply-chain-node/registry';
import { pickLayers } from './pickLayers';
import {
  FoundLayer,
  LookTarget,
  PlaceContent,
  placeLook,
  unreadPlace,
} from './place';

/** Referring manifests that are read for one digest, of whatever kind. */
export const REFERRERS_MAX = 128;

/**
 * Reads what refers to a digest: by the API and by the tag that stands in for it. Both, because a registry that learned
 * the API later still holds what clients wrote under the tag before.
 *
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 */
export async function readReferrerPlaces(
  target: LookTarget,
): Promise<PlaceContent[]> {
  const { registry, repository, about, options } = target;
  const listed = await registry.listReferrers(repository, about, options);
  if (!listed.ok) {
    const look = { place: 'referrers' as const, location: about, about };
    return [unreadPlace(look, listed)];
  }
  const { descriptors, source } = listed.value;
  if (source === 'fallbackTag') {
    const note = 'nothing from the API; the tag was read instead';
    return [
      {
        look: placeLook({ place: 'referrers', location: about, about, note }),
        layers: [],
      },
      await readListed(target, { place: 'fallbackTag', list: listed.value }),
    ];
  }
  const fromApi = await readListed(target, {
    place: 'referrers',
    list: listed.value,
  });
  return [
    fromApi,
    // The client asked the tag by itself when the API knew nothing.
    descriptors.length > 0
      ? await readFallbackTag(target, descriptors)
      : {
          look: placeLook({
            place: 'fallbackTag',
            location: referrersTag(about),
            about,
            reason: fromApi.look.reason,
          }),
          layers: [],
        },
  ];
}

async function readFallbackTag(
  target: LookTarget,
  known: RegistryDescriptor[],
): Promise<PlaceContent> {
  const { registry, repository, about, options } = target;
  const location = referrersTag(about);
  const index = await registry.getManifest(repository, location, options);
  if (!index.ok) {
    return unreadPlace({ place: 'fallbackTag', location, about }, index);
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

async function readListed(
  target: LookTarget,
  options: {
    place: Extract<SignaturePlace, 'referrers' | 'fallbackTag'>;
    list: Pick<ReferrerList, 'descriptors' | 'complete' | 'failure'>;
  },
): Promise<PlaceContent> {
  const { place, list } = options;
  const { about } = target;
  const read = await Promise.all(
    list.descriptors
      .slice(0, REFERRERS_MAX)
      .map(descriptor => readReferrer(target, descriptor, place)),
  );
  const layers = read.flatMap(referrer => referrer.layers);
  const others = read.filter(referrer => referrer.isOther).length;
  return {
    look: placeLook({
      place,
      location: place === 'referrers' ? about : referrersTag(about),
      about,
      found: layers.length,
      reason: firstReason(list, read),
      note: others > 0 ? `${others} other artifacts` : undefined,
    }),
    layers,
  };
}

type ReadReferrer = {
  layers: FoundLayer[];
  isOther: boolean;
  reason?: PlaceLook['reason'];
};

async function readReferrer(
  target: LookTarget,
  descriptor: RegistryDescriptor,
  place: SignaturePlace,
): Promise<ReadReferrer> {
  const { registry, repository, about, options } = target;
  const manifest = await registry.getManifest(
    repository,
    descriptor.digest,
    options,
  );
  if (!manifest.ok) {
    return { layers: [], isOther: false, reason: manifest.reason };
  }
  const { layers, reason } = pickLayers(manifest.value, about);
  return {
    layers: layers.map(layer => ({ ...layer, place, about })),
    isOther: layers.length === 0,
    reason,
  };
}

function firstReason(
  list: Pick<ReferrerList, 'descriptors' | 'complete' | 'failure'>,
  read: ReadReferrer[],
): ReasonCode | undefined {
  if (!list.complete) {
    return list.failure?.reason ?? 'malformedDocument';
  }
  if (list.descriptors.length > REFERRERS_MAX) {
    return 'tooManyCandidates';
  }
  return read.find(({ reason }) => reason !== undefined)?.reason;
}
