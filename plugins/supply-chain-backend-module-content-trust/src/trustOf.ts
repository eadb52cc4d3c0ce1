import { X509Certificate } from 'node:crypto';
import {
  ContentTrustPin,
  ReasonCode,
  TrustRootSpec,
} from 'backstage-plugin-supply-chain-common';
import { choosePin, CollectionTrust } from './verify';

/** `spec` of a trust root of content trust. */
export type ContentTrustSpec = Extract<TrustRootSpec, { type: 'contentTrust' }>;

/** What a trust root wants of a repository's root; nothing where it does not speak for it. */
export type TrustOfRepository =
  | { ok: true; trust: CollectionTrust | undefined }
  | { ok: false; reason: ReasonCode; message: string };

const CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Turns the pin for a repository into what is verified with. */
export function trustOf(
  spec: ContentTrustSpec,
  options: { gun: string; mayBegin: boolean },
): TrustOfRepository {
  const { gun, mayBegin } = options;
  const pin = choosePin(spec.pins, gun);
  if (pin) {
    return trustOfPin(pin);
  }
  return {
    ok: true,
    trust: spec.trustOnFirstUse ? { type: 'firstUse', mayBegin } : undefined,
  };
}

function trustOfPin(pin: ContentTrustPin): TrustOfRepository {
  if (pin.type === 'rootKeyIds') {
    const { type, rootKeyIds } = pin;
    return { ok: true, trust: { type, rootKeyIds } };
  }
  const { content, source } = pin.certificateAuthority;
  try {
    const authorities = (content.match(CERTIFICATE) ?? []).map(
      pem => new X509Certificate(pem),
    );
    return { ok: true, trust: { type: pin.type, authorities } };
  } catch (error) {
    const message = `${source}: ${(error as Error).message}`;
    return { ok: false, reason: 'trustRootUnusable', message };
  }
}
