import {
  NotationTrustPolicy,
  parseNotationTrustPolicy,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import {
  readTrustStore,
  TrustResult,
} from 'backstage-plugin-supply-chain-node/trust';
import { attempt } from '../Refused';
import { Certificate } from '../x509/Certificate';

/** More roots than a portal has; the oldest goes first. */
const CACHE_MAX_ENTRIES = 256;

const cache = new Map<string, TrustResult<CompiledNotationRoot>>();

/** A TrustRoot document of the Notary Project, turned into verification material. */
export type CompiledNotationRoot = {
  policies: NotationTrustPolicy[];
  /** Certificates by the name of their store, for instance `ca:acme`. */
  trustStores: ReadonlyMap<string, Certificate[]>;
};

/** A trust root by name, compiled or not. */
export type NamedNotationRoot = {
  name: string;
  compiled: TrustResult<CompiledNotationRoot>;
};

/** Turns the trust roots that are about the Notary Project into verification material, once per content. */
export function compileNotationRoots(roots: TrustRoot[]): NamedNotationRoot[] {
  return roots.flatMap(({ name, digest, spec }) =>
    spec.type === 'notation'
      ? [{ name, compiled: compileOnce(`${name}@${digest}`, spec) }]
      : [],
  );
}

type NotationSpec = Extract<TrustRoot['spec'], { type: 'notation' }>;

function compileOnce(
  key: string,
  spec: NotationSpec,
): TrustResult<CompiledNotationRoot> {
  const compiled = cache.get(key) ?? compile(spec);
  if (!cache.has(key) && cache.size >= CACHE_MAX_ENTRIES) {
    cache.delete(cache.keys().next().value as string);
  }
  cache.set(key, compiled);
  return compiled;
}

function compile(spec: NotationSpec): TrustResult<CompiledNotationRoot> {
  const policies = parseNotationTrustPolicy(spec.trustPolicy.content);
  if (!policies.ok) {
    const [{ message }] = policies.problems;
    return unusable(`${spec.trustPolicy.source}: ${message}`);
  }
  const trustStores = new Map<string, Certificate[]>();
  for (const [name, materials] of Object.entries(spec.trustStores)) {
    const store = readTrustStore(name, materials);
    if (!store.ok) {
      return store;
    }
    const certificates = attempt(() => store.value.map(Certificate.read));
    if (!certificates.ok) {
      return unusable(`trust store "${name}": ${certificates.reason}`);
    }
    trustStores.set(name, certificates.value);
  }
  return { ok: true, value: { policies: policies.value, trustStores } };
}

function unusable(message: string): TrustResult<never> {
  return { ok: false, reason: 'trustStoreInvalid', message };
}
