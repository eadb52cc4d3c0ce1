import { SandboxService, SignatureExpectation } from '../serviceTypes';
import {
  app,
  badlySigned,
  deployment,
  failing,
  green,
  KEYED,
  KEYLESS,
  own,
  PROVENANCE,
  unknown,
  UNSIGNED,
} from './parts';

const REFUSED: SignatureExpectation = {
  status: 'unavailable',
  reason: 'registryRefused',
};

/** Services of the system `checkout`. */
export const CHECKOUT_SERVICES: readonly SandboxService[] = [
  {
    name: 'web',
    title: 'Web shop',
    description: 'The pages customers buy on.',
    system: 'checkout',
    owner: 'team-checkout',
    shows:
      'everything green: signed by its release workflow, with provenance and an SBOM',
    workloads: [
      deployment(
        [
          app('web', own('shop/web', '1.4.0', [KEYLESS, PROVENANCE]), {
            sbom: 'reported',
            expected: {
              ...green(),
              provenance: {
                status: 'verified',
                level: 2,
                source: 'https://github.com/acme/web',
              },
            },
          }),
        ],
        { replicas: 2 },
      ),
    ],
  },
  {
    name: 'cart',
    title: 'Cart',
    description: 'Keeps what customers are about to buy.',
    system: 'checkout',
    owner: 'team-checkout',
    shows: 'signed on the index only, while the node reports the platform',
    workloads: [
      deployment(
        [
          app(
            'cart',
            { ...own('shop/cart', '2.1.0', [KEYED]), multiArch: true },
            {
              expected: {
                ...green(),
                signature: { status: 'verified', relation: 'viaIndex' },
              },
            },
          ),
        ],
        { architecture: 'arm64' },
      ),
    ],
  },
  {
    name: 'payments',
    title: 'Payments',
    description: 'Takes the money.',
    system: 'checkout',
    owner: 'team-payments',
    shows:
      'a fixable critical vulnerability older than the leeway, counted once although an adapter reports it again',
    workloads: [
      deployment(
        [
          app('payments', own('shop/payments', '2.3.0', [KEYED]), {
            scan: 'fixableCriticalOverdue',
            expected: failing('fixableVulnerability'),
          }),
        ],
        {
          replicas: 2,
          otherEnforcers: {
            reports: 'trivyAdapter',
            expected: {
              results: [],
              leftOut: [{ source: 'Trivy Vulnerability', results: 3 }],
            },
          },
          checks: {
            reports: 'flawed',
            expected: [
              {
                topic: 'configuration',
                results: [
                  { policy: 'KSV014', severity: 'high', result: 'fail' },
                  { policy: 'KSV012', severity: 'medium', result: 'fail' },
                  { policy: 'KSV001', severity: 'medium', result: 'pass' },
                ],
              },
              {
                topic: 'rbac',
                results: [
                  { policy: 'KSV113', severity: 'medium', result: 'fail' },
                ],
              },
              {
                topic: 'secrets',
                results: [
                  {
                    policy: 'stripe-secret-token',
                    rule: '/app/config/billing.yaml',
                    severity: 'critical',
                    result: 'fail',
                  },
                ],
              },
            ],
          },
        },
      ),
    ],
  },
  {
    name: 'payments-ledger',
    title: 'Payments ledger',
    description: 'Books every payment once.',
    system: 'checkout',
    owner: 'team-payments',
    shows: 'a fixable critical vulnerability within the leeway',
    workloads: [
      deployment(
        [
          app(
            'ledger',
            {
              ...own('shop/payments-ledger', '5.0.2', [
                KEYED,
                { ...KEYED, target: 'platforms' },
              ]),
              multiArch: true,
            },
            {
              scan: 'fixableCriticalInLeeway',
              expected: {
                ...green(),
                outcome: 'warn',
                reasons: ['fixableVulnerabilityInLeeway'],
              },
            },
          ),
        ],
        { kind: 'StatefulSet' },
      ),
    ],
  },
  {
    name: 'payments-gateway',
    title: 'Payments gateway',
    description: 'Speaks to the banks.',
    system: 'checkout',
    owner: 'team-payments',
    shows: 'a signature in the old form, under the .sig tag',
    workloads: [
      deployment([
        app(
          'gateway',
          own('shop/payments-gateway', '1.9.3', [
            { form: 'sigTag', by: 'releaseKey' },
          ]),
        ),
      ]),
    ],
  },
  {
    name: 'invoices',
    title: 'Invoices',
    description: 'Writes the invoices every night.',
    system: 'checkout',
    owner: 'team-payments',
    shows: 'no signature at all',
    workloads: [
      deployment(
        [
          app('invoices', own('shop/invoices', '0.8.0', []), {
            expected: badlySigned(UNSIGNED),
          }),
        ],
        { kind: 'CronJob' },
      ),
    ],
  },
  {
    name: 'pricing',
    title: 'Pricing',
    description: 'Knows what things cost.',
    system: 'checkout',
    owner: 'team-payments',
    shows:
      'the only scan and the only SBOM are of another digest, and Clair finds no package to compare',
    workloads: [
      deployment([
        app('pricing', own('shop/pricing', '3.2.1', [KEYED]), {
          scan: 'otherDigest',
          sbom: 'otherDigest',
          clair: 'noPackages',
          expected: unknown('scanOtherDigest', {
            vulnerabilities: 'otherDigest',
          }),
        }),
      ]),
    ],
  },
  {
    name: 'search',
    title: 'Search',
    description: 'Finds products.',
    system: 'checkout',
    owner: 'team-checkout',
    shows: 'attestations, but no signature',
    workloads: [
      deployment([
        app('search', own('shop/search', '4.0.0', [PROVENANCE]), {
          expected: badlySigned({
            status: 'unsigned',
            reason: 'attestedOnly',
          }),
        }),
      ]),
    ],
  },
  {
    name: 'recommendations',
    title: 'Recommendations',
    description: 'Suggests what else to buy.',
    system: 'checkout',
    owner: 'team-checkout',
    shows:
      'the registry refuses to show its repositories, of which one was never scanned',
    workloads: [
      deployment([
        app(
          'recommendations',
          { ...own('shop/recommendations', '1.1.0', [KEYED]), refused: true },
          {
            expected: unknown('registryRefused', {
              // Which platform was scanned cannot be told either (L2).
              reasons: ['registryRefused', 'scanPlatformUnknown'],
              signature: REFUSED,
            }),
          },
        ),
        app(
          'trainer',
          {
            ...own('shop/recommendations-trainer', '1.1.0', [KEYED]),
            refused: true,
          },
          {
            scan: 'none',
            expected: unknown('registryRefused', {
              // Clair is not asked about what nobody may read.
              reasons: ['registryRefused', 'notScanned'],
              signature: REFUSED,
              vulnerabilities: 'absent',
            }),
          },
        ),
      ]),
    ],
  },
  {
    name: 'vouchers',
    title: 'Vouchers',
    description: 'Makes gifts of money.',
    system: 'checkout',
    owner: 'team-checkout',
    shows:
      'Trivy and Clair rate one vulnerability differently, and one is known to Clair only',
    workloads: [
      deployment([
        app('vouchers', own('shop/vouchers', '2.0.3', [KEYED]), {
          scan: 'disputed',
          clair: 'disagrees',
          expected: {
            ...green(),
            severities: { high: 1, medium: 1, low: 2 },
          },
        }),
      ]),
    ],
  },
];
