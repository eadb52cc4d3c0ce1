import { X509Certificate } from 'node:crypto';
import {
  ContentTrustPin,
  IdentityPattern,
  Material,
  publicKeyFingerprint,
  schema,
  TextPattern,
  TrustKey,
  TrustRootSpec,
} from 'backstage-plugin-supply-chain-common';

type Specification<T extends TrustRootSpec['type']> = Extract<
  TrustRootSpec,
  { type: T }
>;

/** Whom a trust root trusts to sign: keys, identities, authorities or pinned roots. */
export function trustedSigners(spec: TrustRootSpec): schema.TrustedSigner[] {
  switch (spec.type) {
    case 'keys':
      return spec.keys.map(keySigner);
    case 'sigstore':
      return spec.identities.map(identitySigner);
    case 'contentTrust':
      return contentTrustSigners(spec);
    case 'notation':
      return Object.entries(spec.trustStores).flatMap(([scope, materials]) =>
        materials.map(each => authoritySigner(each, scope)),
      );
    default:
      return [];
  }
}

function keySigner(key: TrustKey): schema.TrustedSigner {
  const { material, notBefore, notAfter } = key;
  return {
    kind: 'key',
    name: publicKeyFingerprint(material.content) ?? material.source,
    ...(notBefore && { notBefore }),
    ...(notAfter && { notAfter }),
  };
}

function identitySigner(identity: IdentityPattern): schema.TrustedSigner {
  const { issuer, subject, extensions } = identity;
  return {
    kind: 'identity',
    name: textOf(subject),
    match: matchOf(subject),
    ...(issuer !== 'none' && { issuer: textOf(issuer) }),
    ...(extensions && {
      extensions: Object.entries(extensions).map(
        ([name, pattern]) => `${name}: ${textOf(pattern)}`,
      ),
    }),
  };
}

function textOf(pattern: TextPattern): string {
  if (typeof pattern === 'string') {
    return pattern;
  }
  return 'glob' in pattern ? pattern.glob : pattern.regexp;
}

function matchOf(pattern: TextPattern): schema.TrustedSigner['match'] {
  if (typeof pattern === 'string') {
    return 'exact';
  }
  return 'glob' in pattern ? 'glob' : 'regexp';
}

function contentTrustSigners(
  spec: Specification<'contentTrust'>,
): schema.TrustedSigner[] {
  const pinned = spec.pins.flatMap(pinSigners);
  return spec.trustOnFirstUse
    ? [...pinned, { kind: 'firstUse', name: spec.server }]
    : pinned;
}

function pinSigners(pin: ContentTrustPin): schema.TrustedSigner[] {
  return pin.type === 'rootKeyIds'
    ? pin.rootKeyIds.map(name => ({
        kind: 'rootKey' as const,
        name,
        scope: pin.images,
      }))
    : [authoritySigner(pin.certificateAuthority, pin.images)];
}

function authoritySigner(
  material: Material,
  scope: string,
): schema.TrustedSigner {
  return { kind: 'authority', name: subjectOf(material), scope };
}

function subjectOf({ content, source }: Material): string {
  try {
    return new X509Certificate(content).subject.split('\n').join(', ');
  } catch {
    // What cannot be read does not load; its place is all there is to name.
    return source;
  }
}
