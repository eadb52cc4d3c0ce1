/** An OpenVEX document about the critical finding of reports. */
export function openVex(
  options: {
    /** Absent: no digest is named. */
    digest?: string;
    issuedAt?: Date;
    statements?: object[];
  } = {},
): string {
  const { digest, issuedAt = new Date(Date.now() - 60_000) } = options;
  return JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://acme.example/vex/1',
    author: 'Acme Security',
    timestamp: issuedAt.toISOString(),
    version: 1,
    statements: options.statements ?? [
      {
        vulnerability: { name: 'CVE-2026-1000' },
        products: [
          {
            '@id': digest
              ? `pkg:oci/web@${encodeURIComponent(digest)}`
              : 'pkg:oci/web',
          },
        ],
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
      },
    ],
  });
}
