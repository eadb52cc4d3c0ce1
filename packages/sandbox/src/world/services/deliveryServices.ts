import { SandboxImage, SandboxService, SigstorePlan } from '../serviceTypes';
import {
  app,
  deployment,
  failing,
  green,
  KEYED,
  KEYLESS,
  own,
  PROVENANCE,
} from './parts';

const OWNED = { system: 'delivery', owner: 'team-platform' } as const;

function provenanceBy(by: SigstorePlan['by']): SigstorePlan {
  return { ...PROVENANCE, by };
}

function delivered(
  name: string,
  tag: string,
  signatures: SigstorePlan[],
): SandboxImage {
  return own(`delivery/${name}`, tag, signatures);
}

const sourceOf = (name: string) => `https://github.com/acme/${name}`;

/** Services of the system `delivery`: each was made in another way. */
export const DELIVERY_SERVICES: readonly SandboxService[] = [
  {
    ...OWNED,
    name: 'checkout-api',
    title: 'Checkout API',
    description: 'What partners check out with.',
    shows: 'SLSA Build level 3, from its own repository',
    workloads: [
      deployment([
        app(
          'api',
          delivered('checkout-api', '3.0.0', [
            KEYLESS,
            provenanceBy('isolatedBuilder'),
          ]),
          {
            expected: {
              ...green(),
              provenance: {
                status: 'verified',
                level: 3,
                source: sourceOf('checkout-api'),
              },
            },
          },
        ),
      ]),
    ],
  },
  {
    ...OWNED,
    name: 'loyalty',
    title: 'Loyalty',
    description: 'Counts points.',
    shows: 'built from a fork by a builder that is trusted',
    workloads: [
      deployment([
        app(
          'loyalty',
          delivered('loyalty', '1.8.0', [
            KEYED,
            provenanceBy('forkOfIsolatedBuilder'),
          ]),
          {
            expected: failing('builtFromOtherRepository', {
              provenance: {
                status: 'verified',
                level: 3,
                source: 'https://github.com/mallory/loyalty',
              },
            }),
          },
        ),
      ]),
    ],
  },
  {
    ...OWNED,
    name: 'returns',
    title: 'Returns',
    description: 'Takes back what customers do not want.',
    shows: 'only what BuildKit claims, signed by nobody',
    workloads: [
      deployment([
        app(
          'returns',
          { ...delivered('returns', '0.9.1', [KEYED]), multiArch: true },
          {
            expected: failing('provenanceUnsigned', {
              reasons: ['provenanceUnsigned', 'sourceOnlyClaimed'],
              signature: { status: 'verified', relation: 'viaIndex' },
              provenance: {
                status: 'claimed',
                level: 1,
                source: sourceOf('returns'),
              },
            }),
          },
        ),
      ]),
    ],
  },
  {
    ...OWNED,
    name: 'tax',
    title: 'Tax',
    description: 'Knows every tax there is.',
    shows: 'provenance that contradicts the certificate it is signed with',
    workloads: [
      deployment([
        app(
          'tax',
          delivered('tax', '2.2.0', [
            KEYED,
            { ...KEYLESS, statement: 'contradictoryProvenance' },
          ]),
          {
            expected: failing('provenanceContradictsCertificate', {
              provenance: {
                status: 'mismatch',
                level: 0,
                source: sourceOf('tax'),
              },
            }),
          },
        ),
      ]),
    ],
  },
  {
    ...OWNED,
    name: 'shipping',
    title: 'Shipping',
    description: 'Sends parcels.',
    shows:
      'another workflow built the new version than the one before; the two compare, with one vulnerability fixed and one new',
    workloads: [
      deployment(
        [
          app(
            'shipping',
            {
              ...delivered('shipping', '1.0.0', [KEYED, PROVENANCE]),
              base: 'docker.io/library/alpine:3.19',
            },
            {
              scan: 'earlierRelease',
              expected: {
                ...green(),
                provenance: {
                  status: 'verified',
                  level: 2,
                  source: sourceOf('shipping'),
                },
              },
            },
          ),
        ],
        { cluster: 'prod-us' },
      ),
      deployment([
        app(
          'shipping',
          {
            ...delivered('shipping', '1.1.0', [
              KEYED,
              // Trusted times have whole seconds: the order of two builds must show.
              { ...provenanceBy('buildWorkflow'), afterMs: 1_100 },
            ]),
            base: 'docker.io/library/alpine:3.20',
          },
          {
            scan: 'laterRelease',
            expected: {
              ...green(),
              outcome: 'warn',
              reasons: ['workflowChanged'],
              provenance: {
                status: 'verified',
                level: 2,
                source: sourceOf('shipping'),
              },
            },
          },
        ),
      ]),
    ],
  },
];
