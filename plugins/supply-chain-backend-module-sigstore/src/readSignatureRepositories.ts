import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  parseImagePattern,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';
import { SignatureRepository } from './signatureRepositories';

/** A tag, of which at least the 75 characters of `sha256-<hex>.sig` are cosign's: distribution-spec 1.1. */
const TAG_PREFIX = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,52}$/;

/**
 * Reads `supplyChain.signatureRepositories`.
 *
 * @throws InputError when a pattern, a repository or a prefix is none: it would silently match nothing.
 */
export function readSignatureRepositories(
  config: RootConfigService,
): SignatureRepository[] {
  const entries =
    config.getOptionalConfigArray('supplyChain.signatureRepositories') ?? [];
  return entries.map(entry => {
    const images = entry.getString('images');
    const tagPrefix = entry.getOptionalString('tagPrefix');
    if (!parseImagePattern(images).ok) {
      throw new InputError(
        `expected an image pattern such as "registry.acme.example/shop/**", got "${images}"`,
      );
    }
    if (tagPrefix !== undefined && !TAG_PREFIX.test(tagPrefix)) {
      throw new InputError(
        `expected the beginning of a tag as "tagPrefix", got "${tagPrefix}"`,
      );
    }
    return {
      images,
      repository: readRepository(entry.getString('repository')),
      ...(tagPrefix !== undefined && { tagPrefix }),
    };
  });
}

function readRepository(text: string): string {
  // What has a tag or a digest already takes no other.
  const parsed = parseImageReference(`${text}:latest`);
  if (!parsed.ok) {
    throw new InputError(
      `expected a repository such as "registry.acme.example/acme/signatures", got "${text}"`,
    );
  }
  return parsed.reference.repository;
}
