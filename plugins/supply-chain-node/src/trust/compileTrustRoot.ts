import { createHash } from 'node:crypto';
import {
  compileTextPattern,
  IdentityPattern,
  Material,
  TrustKey,
  TrustRoot,
  TrustRootSpec,
} from 'backstage-plugin-supply-chain-common';
import {
  CompiledKey,
  CompiledRequirements,
  CompiledTrustRoot,
  SigstoreAuthorities,
  TrustProblem,
  TrustResult,
} from './compiledTrustRoot';
import { readPublicKey } from './readPublicKey';
import { readTrustedRoot } from './readTrustedRoot';

/** More roots than a portal has; the oldest goes first. */
const CACHE_MAX_ENTRIES = 256;

const cache = new Map<string, TrustResult<CompiledTrustRoot>>();

/**
 * A trust root of keys or of Sigstore authorities: the ones cosign's signatures are verified with.
 *
 * @public
 */
export type SigstoreTrustRoot = TrustRoot & {
  spec: Specification<'keys' | 'sigstore'>;
};

/**
 * Whether cosign's signatures are verified with this root.
 *
 * @public
 */
export function isSigstoreTrustRoot(
  root: TrustRoot,
): root is SigstoreTrustRoot {
  return root.spec.type === 'keys' || root.spec.type === 'sigstore';
}

/**
 * Turns a TrustRoot document into verification material, once per content.
 *
 * @public
 */
export function compileTrustRoot(
  root: SigstoreTrustRoot,
): TrustResult<CompiledTrustRoot> {
  const key = `${root.name}@${root.digest}`;
  const known = cache.get(key);
  if (known) {
    return known;
  }
  const compiled = compile(root);
  if (cache.size >= CACHE_MAX_ENTRIES) {
    cache.delete(cache.keys().next().value as string);
  }
  cache.set(key, compiled);
  return compiled;
}

function compile(root: SigstoreTrustRoot): TrustResult<CompiledTrustRoot> {
  return root.spec.type === 'keys'
    ? compileKeys(root, root.spec)
    : compileSigstore(root, root.spec);
}

type Specification<T extends TrustRootSpec['type']> = Extract<
  TrustRootSpec,
  { type: T }
>;

function compileKeys(
  root: TrustRoot,
  spec: Specification<'keys'>,
): TrustResult<CompiledTrustRoot> {
  const requirements: CompiledRequirements = {
    transparencyLog: spec.transparencyLog,
    timestamps: spec.timestamps,
    // Certificates carry these; a key has none.
    signedCertificateTimestamps: 'none',
  };
  const keys = all(spec.keys.map(compileKey));
  if (!keys.ok) {
    return keys;
  }
  if (keys.value.length === 0) {
    return invalid('a trust root of keys holds none');
  }
  const authorities = authoritiesFor(spec, requirements);
  if (!authorities.ok) {
    return authorities;
  }
  return {
    ok: true,
    value: {
      name: root.name,
      digest: root.digest,
      type: 'keys',
      requirements,
      keys: keys.value,
      authorities: authorities.value,
    },
  };
}

function authoritiesFor(
  spec: Specification<'keys'>,
  { transparencyLog, timestamps }: CompiledRequirements,
): TrustResult<SigstoreAuthorities | undefined> {
  if (transparencyLog === 'none' && timestamps === 'none') {
    return { ok: true, value: undefined };
  }
  // L14: keyed roots that look at the log need the log's key.
  return spec.trustedRoot
    ? readMaterial(spec.trustedRoot)
    : invalid('`trustedRoot` is missing beside `keys`');
}

function compileSigstore(
  root: TrustRoot,
  spec: Specification<'sigstore'>,
): TrustResult<CompiledTrustRoot> {
  const authorities = readMaterial(spec.trustedRoot);
  if (!authorities.ok) {
    return authorities;
  }
  const patterns = all(spec.identities.flatMap(checkPatterns));
  if (!patterns.ok) {
    return patterns;
  }
  if (spec.identities.length === 0) {
    return invalid('a trust root without identities trusts nobody');
  }
  const requirements: CompiledRequirements = {
    transparencyLog: spec.transparencyLog,
    timestamps: spec.timestamps,
    signedCertificateTimestamps: spec.signedCertificateTimestamps,
  };
  return {
    ok: true,
    value: {
      name: root.name,
      digest: root.digest,
      type: 'sigstore',
      requirements,
      authorities: authorities.value,
      identities: spec.identities,
      materialId: createHash('sha256')
        .update(JSON.stringify([requirements, spec.trustedRoot.content]))
        .digest('hex'),
    },
  };
}

function compileKey(key: TrustKey): TrustResult<CompiledKey> {
  const read = readPublicKey(key.material.content);
  if (!read.ok) {
    return { ...read, message: `${key.material.source}: ${read.message}` };
  }
  const notBefore = readDate(key.notBefore);
  const notAfter = readDate(key.notAfter);
  if (!notBefore.ok || !notAfter.ok) {
    return invalid(
      `${key.material.source}: expected RFC 3339 times for the period of the key`,
    );
  }
  return {
    ok: true,
    value: {
      ...read.value,
      ...(notBefore.value && { notBefore: notBefore.value }),
      ...(notAfter.value && { notAfter: notAfter.value }),
    },
  };
}

function readDate(text: string | undefined): TrustResult<Date | undefined> {
  const date = text === undefined ? undefined : new Date(text);
  return date && Number.isNaN(date.getTime())
    ? invalid(`expected an RFC 3339 time, got "${text}"`)
    : { ok: true, value: date };
}

function readMaterial(material: Material): TrustResult<SigstoreAuthorities> {
  const read = readTrustedRoot(material.content);
  return read.ok
    ? read
    : { ...read, message: `${material.source}: ${read.message}` };
}

function checkPatterns(identity: IdentityPattern): TrustResult<true>[] {
  return [
    identity.issuer,
    identity.subject,
    ...Object.values(identity.extensions ?? {}),
  ].map(pattern => {
    const result = compileTextPattern(pattern);
    return result.ok
      ? { ok: true, value: true }
      : { ok: false, reason: 'patternInvalid', message: result.message };
  });
}

/** The values, or the first problem: half a trust root is none. */
function all<T>(results: TrustResult<T>[]): TrustResult<T[]> {
  const values: T[] = [];
  for (const result of results) {
    if (!result.ok) {
      return result;
    }
    values.push(result.value);
  }
  return { ok: true, value: values };
}

function invalid(message: string): TrustProblem {
  return { ok: false, reason: 'documentValueInvalid', message };
}
