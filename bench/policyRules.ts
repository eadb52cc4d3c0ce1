/** Ten built-in rules, as a policy holds them. */
export const BUILT_IN: string[] = [
  'use: image-signed',
  'use: not-content-trust-only',
  'use: provenance-verified',
  'use: built-from-own-repository',
  'use: registry-allowed\n      with: { allow: ["registry.acme.example/**", "docker.io/library/*"] }',
  'use: digest-pinned',
  'use: scan-fresh',
  'use: no-fixable-vulnerability\n      with: { leewayDays: 10 }',
  'use: no-fixable-vulnerability\n      id: no-fixable-high\n      with: { severity: high, leewayDays: 30 }',
  'use: provenance-verified\n      id: level-3\n      with: { minimumLevel: 3 }',
];

/** Ten expressions of every sort: texts, numbers, instants, loops, regular expressions. */
export const EXPRESSIONS: string[] = [
  'image.tag != "latest"',
  'image.repository.startsWith("registry.acme.example/") || !image.own',
  'image.repository.matches("^registry\\\\.acme\\\\.example/(shop|edge)/[a-z-]+$")',
  'signature.status == "verified" && size(signature.signers) >= 1',
  'signature.signers.all(s, s.startsWith("sha256:"))',
  'scan.critical == 0 || scan.fixable.critical < 3',
  'scan.ageHours <= 48 && now - scan.scannedAt < duration("48h")',
  '!vulnerabilities.exists(v, v.severity == "critical" && has(v.fixed) && v.package == "openssl")',
  'vulnerabilities.filter(v, v.severity in ["critical", "high"]).size() < 20',
  'place.cluster != "prod-eu" || (has(entity.lifecycle) && entity.lifecycle == "production")',
].map(
  (expression, index) => `id: own-${index}
      title: Own rule ${index}
      message: It does not hold.
      expression: ${JSON.stringify(expression)}`,
);

/** A policy with these rules and a trust root for it. */
export function policyDocument(rules: string[]): string {
  return `apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: release }
spec:
  contentTrust: { server: "https://notary.acme.example", trustOnFirstUse: true }
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: bench }
spec:
  match: { entities: { lifecycle: [production] }, clusters: ["prod-*"], images: ["registry.acme.example/**"] }
  ownImages: ["registry.acme.example/**"]
  sourceRepositories: ["https://github.com/acme/*"]
  trust: [release]
  rules:
${rules.map(rule => `    - ${rule}`).join('\n')}
`;
}
