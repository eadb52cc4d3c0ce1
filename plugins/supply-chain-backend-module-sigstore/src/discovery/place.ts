import {
  Digest,
  PlaceLook,
  SignatureLocation,
  SignaturePlace,
} from 'backstage-plugin-supply-chain-common';
import {
  describeLook,
  PlaceLookOptions,
  RegistryCallOptions,
  RegistryClient,
  RegistryDescriptor,
  RegistryFailure,
} from 'backstage-plugin-supply-chain-node/registry';
import { LayerAnnotations } from '../verify';

/** A repository that was proven readable, and how to read it. */
export type RepositoryAccess = {
  registry: RegistryClient;
  repository: string;
  options: RegistryCallOptions;
  /** Set for a repository that is not the image's own. */
  elsewhere?: SignatureLocation;
};

/** Where one digest's signatures are looked for. */
export type LookTarget = RepositoryAccess & { about: Digest };

/** How a layer is stored. */
export type LayerForm = 'bundle' | 'simpleSigning' | 'envelope';

/** A layer that may be a signature or an attestation; not fetched yet. */
export type FoundLayer = {
  form: LayerForm;
  descriptor: RegistryDescriptor;
  annotations: LayerAnnotations;
  /** The manifest it stands in. */
  carrier: Digest;
  about: Digest;
  place: SignaturePlace;
  /** Set where that place is in a repository that is not the image's own. */
  elsewhere?: SignatureLocation;
  /** The manifest names another subject, whatever list it was found in. */
  isForeign: boolean;
};

/** What one place holds. */
export type PlaceContent = { look: PlaceLook; layers: FoundLayer[] };

/** Fills in a look; complete unless something says otherwise. */
export function placeLook(options: PlaceLookOptions): PlaceLook {
  return describeLook('cosign', options);
}

/** A place that could not be read, or that does not exist. */
export function unreadPlace(
  options: Pick<PlaceLook, 'place' | 'location' | 'about'>,
  failure: RegistryFailure,
): PlaceContent {
  // Only beside a proof of access does the client say "not found" (L5).
  const look =
    failure.reason === 'notFound'
      ? placeLook(options)
      : placeLook({
          ...options,
          reason: failure.reason,
          note: failure.detail,
        });
  return { look, layers: [] };
}
