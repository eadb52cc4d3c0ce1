import ipaddr from 'ipaddr.js';

/**
 * What an address may be used for: `public` by everybody, `private` for hosts
 * listed with `allowPrivateAddress`, `forbidden` by nobody.
 */
export type AddressClass = 'public' | 'private' | 'forbidden';

// Instance metadata hands out cloud credentials, and some of these lie in
// ranges that are otherwise private or even public, so no setting allows them.
const METADATA_ADDRESSES = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '168.63.129.16',
  'fd00:ec2::254',
  'fd20:ce::254',
]);

const PRIVATE_RANGES = new Set([
  'private',
  'loopback',
  'linkLocal',
  'uniqueLocal',
  'carrierGradeNat',
  'deprecatedSiteLocal',
]);

// RFC 6052: DNS64 networks reach IPv4 registries through this prefix.
const NAT64_PREFIX = ipaddr.parseCIDR('64:ff9b::/96');

function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  if (address.isIPv4MappedAddress()) {
    return address.toIPv4Address();
  }
  return address.match(NAT64_PREFIX)
    ? new ipaddr.IPv4(address.toByteArray().slice(12))
    : undefined;
}

/** Classifies an IPv4 or IPv6 address; text that is no address is `forbidden`. */
export function classifyAddress(text: string): AddressClass {
  if (!ipaddr.isValid(text)) {
    return 'forbidden';
  }
  const parsed = ipaddr.parse(text);
  const address =
    parsed instanceof ipaddr.IPv6 ? embeddedIpv4(parsed) ?? parsed : parsed;
  if (METADATA_ADDRESSES.has(address.toString())) {
    return 'forbidden';
  }
  const range = address.range();
  if (range === 'unicast') {
    return 'public';
  }
  return PRIVATE_RANGES.has(range) ? 'private' : 'forbidden';
}

/** Whether a connection to the address may be made. */
export function isAddressAllowed(
  address: string,
  allowPrivateAddress: boolean,
): boolean {
  const addressClass = classifyAddress(address);
  return (
    addressClass === 'public' ||
    (addressClass === 'private' && allowPrivateAddress)
  );
}
