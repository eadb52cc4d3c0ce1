import { createPrivateKey, KeyObject } from 'node:crypto';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** What `supplyChain.admission` says. */
export type AdmissionFeedConfig = { signingKey: KeyObject; validityMs: number };

const VALIDITY_DEFAULT = { hours: 6 };

/**
 * Reads `supplyChain.admission`; `undefined` when no key is configured: then there is no feed.
 *
 * @throws InputError when the key is not of the right kind. The message does not quote it.
 */
export function readAdmissionConfig(
  config: Config,
): AdmissionFeedConfig | undefined {
  const pem = config.getOptionalString('supplyChain.admission.signingKey');
  if (pem === undefined) {
    return undefined;
  }
  const key = 'supplyChain.admission.validity';
  const validity = config.has(key)
    ? readDurationFromConfig(config, { key })
    : VALIDITY_DEFAULT;
  return {
    signingKey: readSigningKey(pem),
    validityMs: durationToMilliseconds(validity),
  };
}

function readSigningKey(pem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // The message of the parser could quote a secret.
  }
  if (key?.asymmetricKeyType !== 'ed25519') {
    throw new InputError(
      "Invalid configuration of 'supplyChain.admission.signingKey': expected an Ed25519 private key in PEM",
    );
  }
  return key;
}
