import { ConformanceGroup } from './conformanceCase';

const ALL = [
  'acme-ci',
  'acme-release-key',
  'acme-content-trust',
  'acme-notation',
];
const REFUSED = 'shop/recommendations:1.1.0';

/** Rules about who signed an image (L10 to L17). */
export const SIGNATURE_CASES: ConformanceGroup[] = [
  {
    under: 'any root may sign',
    rule: { use: 'image-signed' },
    spec: { trust: ALL },
    // prettier-ignore
    cases: [
      { when: 'the release workflow signed it', image: 'shop/web:1.4.0', expected: ['pass'] },
      { when: 'the release key signed it', image: 'shop/payments:2.3.0', expected: ['pass'] },
      { when: 'the signature lies under the .sig tag', image: 'shop/payments-gateway:1.9.3', expected: ['pass'] },
      { when: 'the index is signed and it is the index', image: 'shop/cart:2.1.0', expected: ['pass'] },
      { when: 'the index is signed and it is a platform', image: 'shop/cart:2.1.0', named: 'platformDigest', expected: ['pass'] },
      { when: 'content trust signed the tag', image: 'core/ledger-archive:4.2.0', expected: ['pass'] },
      { when: 'the Notary Project signed it', image: 'edge/newsletter:1.5.0', expected: ['pass'] },
      { when: 'nobody signed it', image: 'shop/invoices:0.8.0', expected: ['fail', 'noSignature'] },
      { when: 'it is only attested (L13)', image: 'shop/search:4.0.0', expected: ['fail', 'attestedOnly'] },
      { when: 'a stranger signed it', image: 'core/identity:6.0.1', expected: ['fail', 'noMatchingKey'] },
      { when: 'a workflow of others signed it', image: 'core/config-store:2.5.0', expected: ['fail', 'identityMismatch'] },
      { when: 'the payload names another image', image: 'core/audit-log:1.0.7', expected: ['fail', 'payloadDigestMismatch'] },
      { when: 'the registry refuses (L5)', image: REFUSED, expected: ['unknown', 'registryRefused'] },
      { when: 'nobody signed it and a waiver says so', image: 'shop/invoices:0.8.0', waiver: { rule: 'image-signed', reasons: ['unsigned'], scope: 'repository', endsInHours: 1 }, expected: ['waived', 'noSignature'] },
      { when: 'nobody signed it and the waiver is of another image', image: 'shop/invoices:0.8.0', waiver: { rule: 'image-signed', reasons: ['unsigned'], scope: 'otherRepository', endsInHours: 1 }, expected: ['fail', 'noSignature'] },
      { when: 'nobody signed it and the waiver has ended', image: 'shop/invoices:0.8.0', waiver: { rule: 'image-signed', reasons: ['unsigned'], scope: 'repository', endsInHours: -1 }, expected: ['fail', 'noSignature'] },
      { when: 'the payload is wrong and the waiver is for "unsigned" (L22)', image: 'core/audit-log:1.0.7', waiver: { rule: 'image-signed', reasons: ['unsigned'], scope: 'repository', endsInHours: 1 }, expected: ['fail', 'payloadDigestMismatch'] },
      { when: 'the registry refuses and the waiver leaves "unknown" out', image: REFUSED, waiver: { rule: 'image-signed', reasons: ['unavailable'], scope: 'repository', endsInHours: 1 }, expected: ['unknown', 'registryRefused'] },
    ],
  },
  {
    under: 'the vendor may sign',
    rule: { use: 'image-signed' },
    spec: { trust: ['vendor-release-key'] },
    // prettier-ignore
    cases: [
      { when: 'the vendor signed it', image: 'vendor/proxy:1.31.4', expected: ['pass'] },
      { when: 'our key signed it', image: 'shop/payments:2.3.0', expected: ['fail', 'noMatchingKey'] },
    ],
  },
  {
    under: 'the release key must sign',
    rule: { use: 'image-signed' },
    spec: { trust: ['acme-release-key'] },
    // prettier-ignore
    cases: [
      { when: 'a certificate signed it', image: 'shop/web:1.4.0', expected: ['fail', 'keyNotInScheme'] },
      { when: 'content trust signed it', image: 'core/ledger-archive:4.2.0', expected: ['fail', 'noSignature'] },
      { when: 'the Notary Project signed it', image: 'edge/newsletter:1.5.0', expected: ['fail', 'noSignature'] },
    ],
  },
  {
    under: 'key and workflow must both sign (L12)',
    rule: { use: 'image-signed' },
    spec: { trust: { all: ['acme-ci', 'acme-release-key'] } },
    // prettier-ignore
    cases: [
      { when: 'only the workflow signed it', image: 'shop/web:1.4.0', expected: ['fail', 'tooFewSigners'] },
      { when: 'only the key signed it', image: 'shop/payments:2.3.0', expected: ['fail', 'tooFewSigners'] },
      { when: 'nobody signed it', image: 'shop/invoices:0.8.0', expected: ['fail', 'noSignature'] },
    ],
  },
  {
    under: 'one of two must sign (L12)',
    rule: { use: 'image-signed' },
    spec: { trust: { atLeast: 1, of: ['acme-ci', 'acme-release-key'] } },
    // prettier-ignore
    cases: [
      { when: 'the workflow signed it', image: 'shop/web:1.4.0', expected: ['pass'] },
      { when: 'a stranger signed it', image: 'core/identity:6.0.1', expected: ['fail', 'noMatchingKey'] },
    ],
  },
  {
    under: 'a signature on the index does not count',
    rule: { use: 'image-signed', with: { allowViaIndex: false } },
    spec: { trust: ALL },
    // prettier-ignore
    cases: [
      { when: 'it is a platform of a signed index', image: 'shop/cart:2.1.0', named: 'platformDigest', expected: ['fail', 'viaIndexNotAllowed'] },
      { when: 'it is the index', image: 'shop/cart:2.1.0', expected: ['pass'] },
      { when: 'the platforms are signed as well', image: 'shop/payments-ledger:5.0.2', named: 'platformDigest', expected: ['pass'] },
    ],
  },
  {
    under: 'there is no trust root (L37)',
    rule: { use: 'image-signed' },
    // prettier-ignore
    cases: [
      { when: 'it is signed', image: 'shop/web:1.4.0', expected: ['unknown', 'noTrustRootConfigured'] },
      { when: 'it is not signed', image: 'shop/invoices:0.8.0', expected: ['unknown', 'noTrustRootConfigured'] },
      { when: 'a waiver covers "can\'t tell" as well', image: 'shop/web:1.4.0', waiver: { rule: 'image-signed', reasons: ['noTrustRootConfigured'], includeUnknown: true, scope: 'subject', endsInHours: 1 }, expected: ['waived', 'noTrustRootConfigured'] },
    ],
  },
  {
    under: 'the rule is in force',
    rule: { use: 'not-content-trust-only' },
    spec: { trust: ALL },
    // prettier-ignore
    cases: [
      { when: 'only content trust signed it', image: 'core/ledger-archive:4.2.0', expected: ['fail', 'contentTrustOnly'] },
      { when: 'cosign signed it', image: 'shop/web:1.4.0', expected: ['pass'] },
      { when: 'nobody signed it', image: 'shop/invoices:0.8.0', expected: ['notApplicable', 'noSignature'] },
      { when: 'a waiver covers it', image: 'core/ledger-archive:4.2.0', waiver: { rule: 'not-content-trust-only', reasons: ['contentTrustOnly'], scope: 'repository', endsInHours: 1 }, expected: ['waived', 'contentTrustOnly'] },
    ],
  },
  {
    under: 'the rule is not in force yet (L21)',
    rule: { use: 'not-content-trust-only', effectiveOn: '2099-01-01' },
    spec: { trust: ALL },
    // prettier-ignore
    cases: [
      { when: 'only content trust signed it', image: 'core/ledger-archive:4.2.0', expected: ['warn', 'contentTrustOnly'] },
      { when: 'cosign signed it', image: 'shop/web:1.4.0', expected: ['pass'] },
    ],
  },
];
