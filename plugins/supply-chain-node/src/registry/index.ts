export { AccessProof } from './AccessProof';
export type { BlobAddress } from './addressBlobs';
export { OriginCollector } from './OriginCollector';
export { parseDescriptor } from './parseDescriptor';
export type { RegistryDescriptor } from './parseDescriptor';
export { referrersTag } from './fetchReferrers';
export type { ReferrerList } from './fetchReferrers';
export type { TrustMetadataRequest } from './fetchTrustMetadata';
export {
  readReferringManifests,
  REFERRERS_MAX,
} from './readReferringManifests';
export type {
  PickedReferrer,
  ReferrerLook,
  ReferringManifestsOptions,
} from './readReferringManifests';
export type { RegistryManifest } from './readManifest';
export { describeLook, markIncomplete } from './placeLook';
export type { PlaceLookOptions } from './placeLook';
export { parseRetryAfter } from './parseRetryAfter';
export { readPlatform } from './readPlatform';
export { readRegistryConfig } from './readRegistryConfig';
export { RegistryClient } from './RegistryClient';
export type { RegistryCallOptions } from './RegistryClient';
export { asOneLook } from './registryLook';
export { DEFAULT_REGISTRY_LIMITS } from './registryOptions';
export type {
  AddressResolver,
  CredentialUsers,
  RegistryClientOptions,
  RegistryEntry,
  RegistryLimits,
} from './registryOptions';
export type { RegistryFailure, RegistryResult } from './registryResult';
export type { RegistryRequestEnd, RegistryTracker } from './RegistryTracker';
export { currentRegistryUse, readRegistriesFor } from './registryUse';
export type { RegistryUse, RegistryUsePlace } from './registryUse';
export { Semaphore } from './Semaphore';
