import {
  compileTextPattern,
  TextMatcher,
} from 'backstage-plugin-supply-chain-common';
import type { CredentialUsers } from './registryOptions';
import type { RegistryUse, RegistryUsePlace } from './registryUse';

/** Says whether a credential may be used for somebody; `undefined` stands for "not known for whom". */
export type CredentialBinding = (use: RegistryUse | undefined) => boolean;

/** Builds the check of `onlyFor`. Default closed: what is bound is not used where nobody says for whom (L30). */
export function createCredentialBinding(
  users: CredentialUsers | undefined,
): CredentialBinding {
  if (users === undefined) {
    return use => use === undefined || use.places.length > 0;
  }
  const clusters = matcherOf(users.clusters);
  const namespaces = matcherOf(users.namespaces);
  const entities = matcherOf(users.entities);
  const isUser = (place: RegistryUsePlace) =>
    clusters(place.cluster) &&
    namespaces(place.namespace) &&
    entities(place.entityRef);
  return use => use !== undefined && use.places.some(isUser);
}

function matcherOf(
  globs: string[] | undefined,
): (text: string | undefined) => boolean {
  if (globs === undefined) {
    return () => true;
  }
  const matchers = globs.flatMap<TextMatcher>(glob => {
    const pattern = compileTextPattern({ glob });
    return pattern.ok ? [pattern.matches] : [];
  });
  return text => text !== undefined && matchers.some(matches => matches(text));
}
