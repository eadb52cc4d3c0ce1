import { ConformanceGroup } from './conformanceCase';

const BUILT_BY_US = {
  trust: ['acme-ci', 'acme-builders', 'acme-release-key'],
  sourceRepositories: ['https://github.com/acme/*'],
};
const sourceOf = (name: string) => `https://github.com/acme/${name}`;
const REFUSED = 'shop/recommendations:1.1.0';

/** Rules about how an image was made (L24). */
export const PROVENANCE_CASES: ConformanceGroup[] = [
  {
    under: 'level 2 is enough',
    rule: { use: 'provenance-verified' },
    spec: BUILT_BY_US,
    // prettier-ignore
    cases: [
      { when: 'its workflow says how', image: 'shop/web:1.4.0', expected: ['pass'] },
      { when: 'an isolated builder says how', image: 'delivery/checkout-api:3.0.0', expected: ['pass'] },
      { when: 'only BuildKit claims how', image: 'delivery/returns:0.9.1', expected: ['fail', 'provenanceUnsigned'] },
      { when: 'it contradicts its certificate', image: 'delivery/tax:2.2.0', expected: ['fail', 'provenanceContradictsCertificate'] },
      { when: 'nothing says how', image: 'shop/invoices:0.8.0', expected: ['fail', 'noProvenance'] },
      { when: 'the registry refuses', image: REFUSED, expected: ['unknown', 'registryRefused'] },
      { when: 'a waiver covers that nothing says how', image: 'shop/invoices:0.8.0', waiver: { rule: 'provenance-verified', reasons: ['noProvenance'], scope: 'subject', endsInHours: 1 }, expected: ['waived', 'noProvenance'] },
    ],
  },
  {
    under: 'level 3 is asked for',
    rule: { use: 'provenance-verified', with: { minimumLevel: 3 } },
    spec: BUILT_BY_US,
    // prettier-ignore
    cases: [
      { when: 'an isolated builder says how', image: 'delivery/checkout-api:3.0.0', expected: ['pass'] },
      { when: 'its own workflow says how', image: 'shop/web:1.4.0', expected: ['fail', 'levelTooLow'] },
    ],
  },
  {
    under: 'level 3 is asked for from 2099 on',
    rule: {
      use: 'provenance-verified',
      with: { minimumLevel: 3 },
      effectiveOn: '2099-01-01',
    },
    spec: BUILT_BY_US,
    // prettier-ignore
    cases: [
      { when: 'its own workflow says how', image: 'shop/web:1.4.0', expected: ['warn', 'levelTooLow'] },
    ],
  },
  {
    under: 'a claim is enough',
    rule: { use: 'provenance-verified', with: { minimumLevel: 1 } },
    spec: BUILT_BY_US,
    // prettier-ignore
    cases: [
      { when: 'only BuildKit claims how', image: 'delivery/returns:0.9.1', expected: ['pass'] },
      { when: 'nothing says how', image: 'shop/invoices:0.8.0', expected: ['fail', 'noProvenance'] },
    ],
  },
  {
    under: 'only a builder that made none of them counts',
    rule: {
      use: 'provenance-verified',
      with: { builders: ['https://builder.acme.example/v1'] },
    },
    spec: BUILT_BY_US,
    // prettier-ignore
    cases: [
      { when: 'its workflow says how', image: 'shop/web:1.4.0', expected: ['fail', 'builderNotListed'] },
    ],
  },
  {
    under: 'there is no trust root (L37)',
    rule: { use: 'provenance-verified' },
    // prettier-ignore
    cases: [
      { when: 'its workflow says how', image: 'shop/web:1.4.0', expected: ['unknown', 'noTrustRootConfigured'] },
    ],
  },
  {
    under: 'the source is one of ours',
    rule: { use: 'built-from-own-repository' },
    spec: BUILT_BY_US,
    // prettier-ignore
    cases: [
      { when: 'it was built there', image: 'shop/web:1.4.0', source: sourceOf('web'), expected: ['pass'] },
      { when: 'it was built there and the source is spelled otherwise', image: 'shop/web:1.4.0', source: 'https://github.com/ACME/web.git', expected: ['pass'] },
      { when: 'nothing says where it should come from, but the policy lists it', image: 'shop/web:1.4.0', expected: ['pass'] },
      { when: 'a fork built it', image: 'delivery/loyalty:1.8.0', source: sourceOf('loyalty'), expected: ['fail', 'builtFromOtherRepository'] },
      { when: 'a fork built it and the service says so (L24)', image: 'delivery/loyalty:1.8.0', source: 'https://github.com/mallory/loyalty', expected: ['fail', 'sourceNotListed'] },
      { when: 'another of our repositories built it', image: 'shop/web:1.4.0', source: sourceOf('cart'), expected: ['fail', 'builtFromOtherRepository'] },
      { when: 'it is only claimed (L8)', image: 'delivery/returns:0.9.1', source: sourceOf('returns'), expected: ['unknown', 'sourceOnlyClaimed'] },
      { when: 'the claim names another place (L8)', image: 'delivery/returns:0.9.1', source: sourceOf('cart'), expected: ['fail', 'builtFromOtherRepository'] },
      { when: 'the provenance contradicts its certificate', image: 'delivery/tax:2.2.0', source: sourceOf('tax'), expected: ['fail', 'provenanceContradictsCertificate'] },
      { when: 'nothing says where it comes from', image: 'shop/invoices:0.8.0', source: sourceOf('invoices'), expected: ['unknown', 'sourceNotStated'] },
      { when: 'the registry refuses', image: REFUSED, source: sourceOf('recommendations'), expected: ['unknown', 'registryRefused'] },
      { when: 'a waiver covers the fork', image: 'delivery/loyalty:1.8.0', source: sourceOf('loyalty'), waiver: { rule: 'built-from-own-repository', reasons: ['builtFromOtherRepository'], scope: 'repository', endsInHours: 1 }, expected: ['waived', 'builtFromOtherRepository'] },
    ],
  },
  {
    under: 'the image is not one of ours (L36)',
    rule: { use: 'built-from-own-repository' },
    spec: { ...BUILT_BY_US, ownImages: ['elsewhere.acme.example/**'] },
    // prettier-ignore
    cases: [
      { when: 'it was built there', image: 'shop/web:1.4.0', source: sourceOf('web'), expected: ['notApplicable', 'thirdPartyImage'] },
    ],
  },
  {
    under: 'nothing is listed',
    rule: { use: 'built-from-own-repository' },
    spec: { trust: BUILT_BY_US.trust },
    // prettier-ignore
    cases: [
      { when: 'the service names its source', image: 'shop/web:1.4.0', source: sourceOf('web'), expected: ['pass'] },
      { when: 'nothing says where it should come from', image: 'shop/web:1.4.0', expected: ['unknown', 'noExpectedSource'] },
    ],
  },
  {
    under: 'the rule is not in force yet',
    rule: { use: 'built-from-own-repository', effectiveOn: '2099-01-01' },
    spec: BUILT_BY_US,
    // prettier-ignore
    cases: [
      { when: 'a fork built it', image: 'delivery/loyalty:1.8.0', source: sourceOf('loyalty'), expected: ['warn', 'builtFromOtherRepository'] },
    ],
  },
];
