import { getDomain } from 'tldts';

// Domains in which every customer has a registry and which the public suffix
// list does not hold. Their token services are on the registry's own host.
const SHARED_DOMAINS = new Set([
  'amazonaws.com',
  'amazonaws.com.cn',
  'azurecr.cn',
  'azurecr.io',
  'gcr.io',
  'jfrog.io',
  'pkg.dev',
]);

/**
 * Whether a registry may send us to this token service, and why: it is the
 * registry itself or `listed`, or it lies in the same registrable domain
 * (`sameDomain`, as auth.docker.io and registry-1.docker.io do). Domains under
 * which strangers register, public suffixes, count as different.
 */
export function isTokenHostTrusted(
  realm: URL,
  options: { registry: URL; tokenHosts: string[] },
): 'listed' | 'sameDomain' | undefined {
  if (
    realm.host === options.registry.host ||
    options.tokenHosts.includes(realm.host)
  ) {
    return 'listed';
  }
  const own = registrableDomain(options.registry);
  return own !== null &&
    !SHARED_DOMAINS.has(own) &&
    registrableDomain(realm) === own
    ? 'sameDomain'
    : undefined;
}

function registrableDomain(url: URL): string | null {
  return getDomain(url.hostname, { allowPrivateDomains: true });
}
