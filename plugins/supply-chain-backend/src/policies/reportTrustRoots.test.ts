import { TrustRoot } from 'backstage-plugin-supply-chain-common';
import { SourceReport } from 'backstage-plugin-supply-chain-node';
import { reportTrustRoots } from './reportTrustRoots';

const PEM = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEtZ7qglBlpVGKGyBWbME+ml25wrDW
MVLjdB7WwWTj5tojZD22ZPvMd4QivsgKggP788Bnx+EG+gOo4lf8k4JwQg==
-----END PUBLIC KEY-----
`;

const root = (overrides: Partial<TrustRoot> = {}): TrustRoot => ({
  name: 'acme-release',
  digest: 'sha256:00',
  warnings: [],
  spec: {
    type: 'keys',
    keys: [
      {
        material: { content: PEM, source: 'cosign.pub' },
        notAfter: '2026-12-31T00:00:00.000Z',
      },
    ],
    transparencyLog: 'none',
    timestamps: 'none',
  },
  ...overrides,
});

async function reportsOf(trustRoot: TrustRoot, now: string) {
  const reports: SourceReport[] = [];
  await reportTrustRoots({
    trustRoots: [trustRoot],
    now: new Date(now),
    health: {
      report: async (_feed, report) => void reports.push(report),
      setItems: async () => undefined,
      keepOnly: async () => undefined,
    },
  });
  return reports;
}

describe('a trust root', () => {
  it('is well while all it stands on lasts', async () => {
    expect(await reportsOf(root(), '2026-11-30T00:00:00Z')).toEqual([
      { kind: 'trustRoot', name: 'acme-release', state: 'ok' },
    ]);
  });

  it('says 30 days before what ends', async () => {
    expect(await reportsOf(root(), '2026-12-01T00:00:00Z')).toMatchObject([
      {
        state: 'degraded',
        reason: 'trustMaterialExpires',
        message: expect.stringMatching(
          /^"sha256:[0-9a-f]{64}" ends at 2026-12-31T00:00:00.000Z\.$/,
        ),
      },
    ]);
  });

  it('shows its warnings without being ill', async () => {
    const warnings = [
      {
        code: 'reusableWorkflowOpen' as const,
        message: 'Anybody may call it.',
      },
    ];
    expect(
      await reportsOf(root({ warnings }), '2026-11-01T00:00:00Z'),
    ).toMatchObject([{ state: 'ok', message: 'Anybody may call it.' }]);
  });
});
