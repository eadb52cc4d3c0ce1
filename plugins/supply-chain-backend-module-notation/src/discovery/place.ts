import { Digest, PlaceLook } from 'backstage-plugin-supply-chain-common';
import {
  describeLook,
  PlaceLookOptions,
  ReferrerLook,
  RegistryCallOptions,
  RegistryClient,
  RegistryDescriptor,
} from 'backstage-plugin-supply-chain-node/registry';
import { EnvelopeFormat } from '../verify';

/** Where one digest's signatures are looked for. */
export type LookTarget = {
  registry: RegistryClient;
  repository: string;
  about: Digest;
  options: RegistryCallOptions;
};

/** An envelope that was found; not fetched yet. */
export type FoundEnvelope = {
  format: EnvelopeFormat;
  descriptor: RegistryDescriptor;
  /** The manifest it stands in. */
  carrier: Digest;
  about: Digest;
  place: ReferrerLook<never>['place'];
  /** The manifest names another subject, whatever list it was found in. */
  isForeign: boolean;
};

/** What one place holds. */
export type PlaceContent = { look: PlaceLook; envelopes: FoundEnvelope[] };

/** Fills in a look; complete unless something says otherwise. */
export function placeLook(options: PlaceLookOptions): PlaceLook {
  return describeLook('notation', options);
}
