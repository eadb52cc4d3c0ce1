import {
  EvidenceOf,
  OriginDetail,
  parseDigest,
  VulnerabilityFinding,
} from 'backstage-plugin-supply-chain-common';
import { combineScans } from './bindScans';

const digestOf = (digit: string) => parseDigest(`sha256:${digit.repeat(64)}`)!;
const DIGEST = digestOf('a');

const finding = (id: string): VulnerabilityFinding => ({
  id,
  packageName: 'openssl',
  installedVersion: '3.0.1',
  severity: 'critical',
});

function scan(options: {
  scanner?: string;
  platform?: string;
  hour: number;
  ids: string[];
}): EvidenceOf<'vulnerabilities'> {
  const { scanner = 'Trivy', platform, hour, ids } = options;
  const at = `2026-11-20T${hour}:00:00.000Z`;
  return {
    subject: { type: 'content', digest: DIGEST },
    collector: 'evidence-file',
    kind: 'vulnerabilities',
    status: 'present',
    observedAt: at,
    detail: {
      scanner: { name: scanner },
      scannedAt: at,
      artifact: { digest: DIGEST },
      ...(platform && { platform }),
      findings: ids.map(finding),
    },
  };
}

const MANIFEST = {
  digest: DIGEST,
  origin: {
    kind: 'manifest',
    parents: [],
    children: [],
  } as unknown as OriginDetail,
};

const idsOf = (scans: EvidenceOf<'vulnerabilities'>[]) =>
  scans.map(({ detail }) => detail?.findings.map(({ id }) => id));

describe('combineScans', () => {
  it('adds up what one scanner says of a manifest, as old as the oldest', () => {
    const combined = combineScans(
      [
        scan({ hour: 12, ids: ['CVE-2026-1002'] }),
        scan({ hour: 11, ids: ['CVE-2026-1001'], platform: 'linux/amd64' }),
      ],
      MANIFEST,
    );
    expect(idsOf(combined)).toEqual([['CVE-2026-1001', 'CVE-2026-1002']]);
    expect(combined[0].observedAt).toBe('2026-11-20T11:00:00.000Z');
  });

  it('leaves what several scanners say apart', () => {
    const combined = combineScans(
      [
        scan({ hour: 12, ids: ['CVE-2026-1001'] }),
        scan({ hour: 11, ids: ['GHSA-aaaa-bbbb-cccc'], scanner: 'Grype' }),
      ],
      MANIFEST,
    );
    expect(idsOf(combined)).toEqual([
      ['CVE-2026-1001'],
      ['GHSA-aaaa-bbbb-cccc'],
    ]);
  });

  it('leaves the platforms of an index apart (L2)', () => {
    const scans = [
      scan({ hour: 12, ids: ['CVE-2026-1001'], platform: 'linux/amd64' }),
      scan({ hour: 11, ids: ['CVE-2026-1002'], platform: 'linux/arm64' }),
    ];
    expect(combineScans(scans, { digest: DIGEST })).toEqual(scans);
  });
});
