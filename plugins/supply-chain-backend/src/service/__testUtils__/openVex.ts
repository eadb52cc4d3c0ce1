import { hoursAgo } from './StoredWorld';

/** The OpenVEX that says that one vulnerability does not matter. */
export function openVex(
  options: {
    id?: string;
    /** Package URL of the product. */
    product?: string;
    change?: object;
    statement?: object;
  } = {},
): string {
  const { id = 'CVE-2026-9', product, change, statement } = options;
  return JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://acme.example/vex/1',
    author: 'Acme Security',
    timestamp: hoursAgo(1),
    version: 1,
    statements: [
      {
        vulnerability: { name: id },
        ...(product && { products: [{ '@id': product }] }),
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
        ...statement,
      },
    ],
    ...change,
  });
}
