import { SandboxService } from '../serviceTypes';
import {
  app,
  badlySigned,
  deployment,
  failing,
  green,
  KEYED,
  KEYLESS,
  own,
  UNSIGNED,
  VEX,
} from './parts';

/** Services of the system `edge`. */
export const EDGE_SERVICES: readonly SandboxService[] = [
  {
    name: 'storefront',
    title: 'Storefront',
    description: 'The public front page.',
    system: 'edge',
    owner: 'team-edge',
    shows: 'a good app container beside an unsigned init container',
    workloads: [
      deployment([
        app('warm-cache', own('edge/warm-cache', '0.2.0', []), {
          type: 'init',
          expected: badlySigned(UNSIGNED),
        }),
        app('storefront', own('edge/storefront', '9.1.0', [KEYLESS])),
      ]),
    ],
  },
  {
    name: 'edge-router',
    title: 'Edge router',
    description: 'Routes every request.',
    system: 'edge',
    owner: 'team-edge',
    shows: "a vendor's image, signed with the vendor's key",
    workloads: [
      deployment([
        app('proxy', {
          registry: 'vendor',
          repository: 'vendor/proxy',
          tag: '1.31.4',
          signatures: [{ form: 'bundle', by: 'vendorKey' }],
        }),
      ]),
    ],
  },
  {
    name: 'newsletter',
    title: 'Newsletter',
    description: 'Writes to customers every month.',
    system: 'edge',
    owner: 'team-edge',
    shows: 'signed as the Notary Project does',
    workloads: [
      deployment([
        app(
          'newsletter',
          own('edge/newsletter', '1.5.0', [{ form: 'notation' }]),
          {
            expected: {
              ...green(),
              signature: {
                status: 'verified',
                relation: 'exact',
                scheme: 'notation',
              },
            },
          },
        ),
      ]),
    ],
  },
  {
    name: 'thumbnails',
    title: 'Thumbnails',
    description: 'Makes small pictures of products.',
    system: 'edge',
    owner: 'team-edge',
    shows: 'unsigned, and waived for a while by a document in version control',
    workloads: [
      deployment([
        app('thumbnails', own('edge/thumbnails', '0.9.2', []), {
          expected: { ...badlySigned(UNSIGNED), outcome: 'waived' },
        }),
      ]),
    ],
  },
  {
    name: 'notifications',
    title: 'Notifications',
    description: 'Tells customers about their order.',
    system: 'edge',
    owner: 'team-edge',
    shows: 'deployed by the tag latest, which Kyverno finds as well',
    workloads: [
      deployment(
        [
          app('notifications', own('edge/notifications', 'latest', [KEYED]), {
            pinned: 'tag',
            expected: failing('movingTag'),
          }),
        ],
        {
          cluster: 'prod-us',
          replicas: 2,
          checks: {
            reports: 'clean',
            expected: [{ topic: 'configuration', results: [] }],
          },
          otherEnforcers: {
            reports: 'kyvernoMovingTag',
            expected: {
              results: [
                {
                  source: 'kyverno',
                  policy: 'disallow-latest-tag',
                  rule: 'validate-image-tag',
                  result: 'fail',
                },
                {
                  source: 'kyverno',
                  policy: 'disallow-latest-tag',
                  rule: 'require-image-tag',
                  result: 'pass',
                },
              ],
              leftOut: [],
            },
          },
        },
      ),
    ],
  },
  {
    name: 'rate-limiter',
    title: 'Rate limiter',
    description: 'Keeps the edge from drowning.',
    system: 'edge',
    owner: 'team-edge',
    shows:
      'a good version that runs, with signed VEX about one of its findings, and a new one that never started',
    workloads: [
      deployment(
        [app('limiter', own('edge/rate-limiter', '1.2.0', [KEYED, VEX]))],
        {
          cluster: 'prod-us',
        },
      ),
      deployment(
        [
          app('limiter', own('edge/rate-limiter', '1.3.0', []), {
            state: 'imagePullBackOff',
            scan: 'none',
            expected: {
              outcome: 'notApplicable',
              reasons: ['neverStarted'],
              signature: UNSIGNED,
              // Clair is asked about what is meant to run as well.
              vulnerabilities: 'present',
              counted: false,
            },
          }),
        ],
        { cluster: 'prod-us', name: 'rate-limiter-canary' },
      ),
    ],
  },
];
