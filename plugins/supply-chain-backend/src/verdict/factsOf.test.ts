import {
  EvidenceOf,
  VulnerabilityClock,
} from 'backstage-plugin-supply-chain-common';
import { FactsInput } from '../stores/VerdictStore';
import { factsOf } from './factsOf';

const SEEN = '2026-06-01T12:00:00.000Z';

const scan = {
  kind: 'vulnerabilities',
  collector: 'trivy',
  status: 'present',
  detail: {
    scanner: { name: 'Trivy' },
    scannedAt: SEEN,
    artifact: {},
    findings: [
      {
        id: 'GHSA-aaaa-bbbb-cccc',
        aliases: ['CVE-2026-1000'],
        packageName: 'openssl',
        installedVersion: '3.0.1',
        severity: 'high',
      },
    ],
  },
} as unknown as EvidenceOf<'vulnerabilities'>;

const clock = (key: string): VulnerabilityClock => ({ key, firstSeenAt: SEEN });

describe('factsOf', () => {
  it('has the clocks of what scans found under every name a scanner knows, and no others', () => {
    const known = [
      clock('CVE-2026-1000|openssl'),
      clock('GHSA-aaaa-bbbb-cccc|openssl'),
    ];
    const input = {
      image: { imageRef: 'registry.example.com/web:1', pods: [] },
      entities: [],
      evidence: [],
      uploads: [],
      scans: [scan],
      clocks: [
        ...known,
        clock('CVE-2026-1000|zlib'),
        clock('CVE-2026-2000|openssl'),
      ],
    } as unknown as FactsInput;
    expect(
      factsOf({ input, entity: null, trustRoots: [] }).vulnerabilityClocks,
    ).toEqual(known);
  });
});
