import { parseDigest } from 'backstage-plugin-supply-chain-common';
import {
  compileTrustRoot,
  SigstoreTrustRoot,
} from 'backstage-plugin-supply-chain-node/trust';
import {
  AttackWorld,
  DIGEST,
  ecKeyPair,
  keyedBundle,
  pemOf,
} from './__testUtils__/AttackWorld';
import { keyRoot } from './__testUtils__/trustRoots';
import { VerificationMemory } from './VerificationMemory';
import * as verification from './verify';

const spy = jest.fn(verification.verifyCandidate);
jest.mock('./verify', () => {
  const actual = jest.requireActual('./verify');
  return {
    ...actual,
    verifyCandidate: (...args: unknown[]) =>
      spy(...(args as Parameters<typeof spy>)),
  };
});

const keyPair = ecKeyPair();
const bundle = Buffer.from(JSON.stringify(keyedBundle(keyPair)));

function question(
  root: SigstoreTrustRoot = keyRoot({ pem: pemOf(keyPair) }),
  overrides: Partial<Parameters<VerificationMemory['verify']>[0]> = {},
): Parameters<VerificationMemory['verify']>[0] {
  return {
    candidate: { form: 'bundle', bytes: bundle },
    about: parseDigest(DIGEST)!,
    trustRoots: [
      {
        name: root.name,
        digest: root.digest,
        compiled: compileTrustRoot(root),
      },
    ],
    now: new Date('2026-11-23T12:00:00Z'),
    ...overrides,
  };
}

describe('VerificationMemory', () => {
  let memory: VerificationMemory;

  beforeEach(() => {
    memory = new VerificationMemory();
    spy.mockReset();
    spy.mockImplementation(
      jest.requireActual<typeof verification>('./verify').verifyCandidate,
    );
  });

  it('verifies the same bytes under the same trust once', async () => {
    const first = await memory.verify(question());
    const later = await memory.verify(
      question(undefined, { now: new Date('2027-01-01T00:00:00Z') }),
    );
    expect(first.checks[0].status).toBe('verified');
    expect(later).toBe(first);
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it.each<[string, () => Parameters<VerificationMemory['verify']>[0]]>([
    ['other trust', () => question(keyRoot({ pem: pemOf(ecKeyPair()) }))],
    [
      'another digest',
      () =>
        question(undefined, {
          about: parseDigest(`sha256:${'cd'.repeat(32)}`)!,
        }),
    ],
    [
      'one bit changed',
      () => {
        const bytes = Buffer.from(bundle);
        bytes[bytes.length - 20] ^= 1;
        return question(undefined, { candidate: { form: 'bundle', bytes } });
      },
    ],
    [
      'the same bytes in another form',
      () =>
        question(undefined, {
          candidate: { form: 'envelope', bytes: bundle, annotations: {} },
        }),
    ],
    [
      'another message beside them',
      () =>
        question(undefined, {
          candidate: {
            form: 'bundle',
            bytes: bundle,
            artifact: Buffer.from('x'),
          },
        }),
    ],
    ['no trust root at all', () => question(undefined, { trustRoots: [] })],
  ])('verifies anew with %s', async (_what, other) => {
    await memory.verify(question());
    await memory.verify(other());
    expect(spy).toHaveBeenCalledTimes(2);
  });

  it('verifies anew with another annotation', async () => {
    for (const value of ['a', 'b']) {
      await memory.verify(
        question(undefined, {
          candidate: {
            form: 'simpleSigning',
            payload: bundle,
            annotations: { value },
          },
        }),
      );
    }
    expect(spy).toHaveBeenCalledTimes(2);
  });

  it('remembers nothing that the clock alone may change', async () => {
    const root = keyRoot({
      pem: pemOf(keyPair),
      notAfter: '2026-12-01T00:00:00Z',
    });
    const before = await memory.verify(question(root));
    const after = await memory.verify(
      question(root, { now: new Date('2026-12-02T00:00:00Z') }),
    );
    expect([before, after].map(({ checks }) => checks[0].status)).toEqual([
      'verified',
      'expired',
    ]);
  });

  it('goes on after a verification that threw', async () => {
    spy.mockImplementationOnce(() => {
      throw new Error('broken');
    });
    const results = await Promise.allSettled([
      memory.verify(question()),
      memory.verify(question()),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
    ]);
  });

  it('forgets what was not asked for longest', async () => {
    spy.mockReturnValue({ kind: 'signature', checks: [] });
    const ask = (value: number) =>
      memory.verify(
        question(undefined, {
          candidate: { form: 'bundle', bytes: Buffer.from(String(value)) },
        }),
      );
    await Promise.all(Array.from({ length: 4097 }, (_, value) => ask(value)));
    spy.mockClear();
    await ask(4096);
    await ask(0);
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it('keeps no more of attested scans than there is room for', async () => {
    const finding = {
      id: 'CVE-2026-1',
      packageName: 'a',
      installedVersion: '1',
      severity: 'low' as const,
    };
    spy.mockReturnValue({
      kind: 'attestation',
      checks: [],
      content: {
        type: 'vulnerabilityScan',
        scan: {
          scanner: { name: 'Trivy' },
          scannedAt: '2026-11-20T06:00:00Z',
          findings: Array.from({ length: 90_000 }, () => finding),
        },
      },
    });
    const ask = (value: number) =>
      memory.verify(
        question(undefined, {
          candidate: { form: 'bundle', bytes: Buffer.from(String(value)) },
        }),
      );
    for (const each of [0, 1, 1, 2]) {
      await ask(each);
    }
    spy.mockClear();
    await ask(2);
    await ask(1);
    expect(spy).not.toHaveBeenCalled();
    await ask(0);
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it('lets everything else go on between verifications that arrive together', async () => {
    const world = await AttackWorld.create();
    const root = world.trustRoot();
    const bundles = await Promise.all(
      Array.from({ length: 8 }, () => world.bundle()),
    );
    let breaths = 0;
    const timer = setInterval(() => {
      breaths += 1;
    }, 0);
    await Promise.all(
      bundles.map(each =>
        memory.verify(
          question(root, {
            candidate: {
              form: 'bundle',
              bytes: Buffer.from(JSON.stringify(each)),
            },
          }),
        ),
      ),
    );
    clearInterval(timer);
    expect(breaths).toBeGreaterThanOrEqual(4);
  });
});
