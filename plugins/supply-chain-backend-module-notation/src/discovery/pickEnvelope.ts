import {
  parseDescriptor,
  PickedReferrer,
  RegistryManifest,
} from 'backstage-plugin-supply-chain-node/registry';
import { EnvelopeFormat } from '../verify';
import { FoundEnvelope } from './place';

/** What a manifest says of itself when it carries a signature. */
const SIGNATURE_TYPE = 'application/vnd.cncf.notary.signature';

const FORMATS: ReadonlyMap<string, EnvelopeFormat> = new Map([
  ['application/jose+json', 'jws'],
  ['application/cose', 'cose'],
]);

/** An envelope as one manifest gives it. */
export type PickedEnvelope = Omit<FoundEnvelope, 'place' | 'about'>;

/**
 * Picks the envelope out of a manifest of the Notary Project: in the form of OCI 1.1 the manifest has an artifact type,
 * before it its configuration has one. The manifest itself decides, never what a list says about it.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#storage
 */
export function pickEnvelope(
  manifest: RegistryManifest,
  isForeign: boolean,
): PickedReferrer<PickedEnvelope> {
  const { json, digest: carrier } = manifest;
  const config = json.config as { mediaType?: unknown } | null | undefined;
  const type = json.artifactType ?? config?.mediaType;
  if (type !== SIGNATURE_TYPE) {
    return { items: [] };
  }
  const layers = Array.isArray(json.layers) ? json.layers : [];
  const descriptor = parseDescriptor(layers[0]);
  const format = descriptor && FORMATS.get(descriptor.mediaType);
  // A signature that cannot be read might be the one that decides, so the place was not read to its end (L10).
  return layers.length === 1 && descriptor && format
    ? { items: [{ format, descriptor, carrier, isForeign }] }
    : { items: [], reason: 'malformedDocument' };
}
