import { VulnerabilityDetail } from 'backstage-plugin-supply-chain-common';
import { ObservedReport, packReport } from './EvidenceFeed';
import { packScan } from './packedScan';

describe('packReport', () => {
  const place = {
    uid: 'u1',
    resourceVersion: '7',
    namespace: 'shop',
    controller: { kind: 'ReplicaSet', name: 'web-1' },
    container: 'web',
  };
  const about = {
    subject: {
      type: 'workload',
      cluster: 'production',
      namespace: 'shop',
      kind: 'ReplicaSet',
      name: 'web-1',
    },
    collector: 'trivy',
    kind: 'vulnerabilities',
    observedAt: '2026-11-23T12:00:00.000Z',
  } as const;
  const detail: VulnerabilityDetail = {
    scanner: { name: 'Trivy' },
    findings: [
      {
        id: 'CVE-2026-1',
        packageName: 'openssl',
        installedVersion: '3.0.1',
        severity: 'high',
        title: 'a',
      },
    ],
    os: { family: 'debian', endOfLife: true },
    scannedAt: '2026-11-23T12:00:00.000Z',
    artifact: { repository: 'registry.acme.example/shop/web' },
    platform: 'linux/amd64',
  };
  const reportOf = (given: VulnerabilityDetail): ObservedReport => ({
    ...place,
    evidence: { ...about, status: 'present', detail: given },
  });

  it('keeps what the report says beside its scan', () => {
    const texts = new Map<string, string>();
    const packed = packReport(reportOf(detail), texts);
    const { scannedAt, artifact, platform } = detail;
    const { hash } = packScan(detail);
    expect(packed).toMatchObject({
      ...place,
      evidence: {
        ...about,
        status: 'present',
        detail: { scannedAt, artifact, platform, packed: { hash } },
      },
    });
    expect(packed.evidence.detail?.packed.texts).toBe(texts);
    expect(Object.keys(packed.evidence.detail ?? {}).sort()).toEqual([
      'artifact',
      'packed',
      'platform',
      'scannedAt',
    ]);
  });

  it('says no platform where the report says none', () => {
    const { platform: _, ...unknown } = detail;
    const packed = packReport(reportOf({ ...unknown, platform: undefined }));
    expect(packed).toStrictEqual(packReport(reportOf(unknown)));
    expect(packed.evidence.detail).not.toHaveProperty('platform');
  });

  it('leaves alone what is packed', () => {
    const packed = packReport(reportOf(detail));
    const again = packReport(packed, new Map());
    expect(again).toStrictEqual(packed);
    expect(again.evidence.detail).toBe(packed.evidence.detail);
  });

  it('makes nothing of a report without a scan', () => {
    const invalid: ObservedReport = {
      ...place,
      evidence: { ...about, status: 'invalid', reason: 'malformedReport' },
    };
    expect(packReport(invalid)).toStrictEqual(invalid);
  });
});
