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
  unknown,
} from './parts';

/** Services of the system `core`. */
export const CORE_SERVICES: readonly SandboxService[] = [
  {
    name: 'inventory',
    title: 'Inventory',
    description: 'Counts what is in the warehouses.',
    system: 'core',
    owner: 'team-checkout',
    shows: 'two clusters on different versions, one with a stale scan',
    workloads: [
      deployment([
        app('inventory', own('core/inventory', '7.2.0', [KEYED]), {
          sbom: 'reported',
        }),
      ]),
      deployment(
        [
          app('inventory', own('core/inventory', '7.1.0', [KEYED]), {
            scan: 'stale',
            sbom: 'reported',
            expected: failing('scanStale', { vulnerabilities: 'stale' }),
          }),
        ],
        { cluster: 'prod-us' },
      ),
    ],
  },
  {
    name: 'identity',
    title: 'Identity',
    description: 'Signs people in.',
    system: 'core',
    owner: 'team-platform',
    shows: 'signed with a key nobody trusts',
    workloads: [
      deployment([
        app(
          'identity',
          own('core/identity', '6.0.1', [{ ...KEYED, by: 'strangerKey' }]),
          {
            expected: badlySigned({
              status: 'untrustedSigner',
              reason: 'noMatchingKey',
            }),
          },
        ),
      ]),
    ],
  },
  {
    name: 'config-store',
    title: 'Configuration store',
    description: 'Holds settings and flags.',
    system: 'core',
    owner: 'team-platform',
    shows:
      'signed by a workflow of another organisation, by the right authority',
    workloads: [
      deployment([
        app(
          'config-store',
          own('core/config-store', '2.5.0', [
            { ...KEYLESS, by: 'otherWorkflow' },
          ]),
          {
            expected: badlySigned({
              status: 'untrustedSigner',
              reason: 'identityMismatch',
            }),
          },
        ),
      ]),
    ],
  },
  {
    name: 'audit-log',
    title: 'Audit log',
    description: 'Remembers who did what.',
    system: 'core',
    owner: 'team-platform',
    shows: 'a good signature whose payload names another digest',
    workloads: [
      deployment([
        app(
          'audit-log',
          own('core/audit-log', '1.0.7', [{ ...KEYED, payload: 'otherImage' }]),
          {
            expected: badlySigned({
              status: 'invalid',
              reason: 'payloadDigestMismatch',
            }),
          },
        ),
      ]),
    ],
  },
  {
    name: 'mailer',
    title: 'Mailer',
    description: 'Sends mail.',
    system: 'core',
    owner: 'team-platform',
    shows: 'never scanned by Trivy, and Clair has not finished',
    workloads: [
      deployment([
        app('mailer', own('core/mailer', '3.3.0', [KEYED]), {
          scan: 'none',
          clair: 'unfinished',
          expected: unknown('scannerUnavailable', {
            vulnerabilities: 'unavailable',
          }),
        }),
      ]),
    ],
  },
  {
    name: 'ledger-archive',
    title: 'Ledger archive',
    description: 'Keeps old books.',
    system: 'core',
    owner: 'team-platform',
    shows: 'signed by Docker Content Trust and nothing else',
    workloads: [
      deployment([
        app(
          'archive',
          own('core/ledger-archive', '4.2.0', [{ form: 'contentTrust' }]),
          {
            expected: {
              ...green(),
              outcome: 'warn',
              reasons: ['contentTrustOnly'],
              signature: {
                status: 'verified',
                relation: 'exact',
                scheme: 'contentTrust',
              },
            },
          },
        ),
      ]),
    ],
  },
  {
    name: 'reports',
    title: 'Reports',
    description: 'Monthly reports; switched off for now.',
    system: 'core',
    owner: 'team-platform',
    shows: 'nothing runs',
    workloads: [],
  },
];
