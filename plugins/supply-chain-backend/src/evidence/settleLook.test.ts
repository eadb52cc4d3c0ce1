import {
  SUBJECT,
  VERIFIED,
  exampleSignature,
  unavailableSignature,
} from '../__testUtils__/examples';
import { StoredEvidence } from '../stores/EvidenceStore';
import { nextLookMs } from './nextLook';
import { evidenceHash, settleLook } from './settleLook';

const NOW = new Date('2026-05-01T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const TRUST = { release: 'sha256:1' };

const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

const keep = (evidence: StoredEvidence['evidence']): StoredEvidence => ({
  evidence,
  hash: evidenceHash(evidence, TRUST),
  trust: TRUST,
});

const signed = keep(exampleSignature(hoursAgo(3), { checks: [VERIFIED] }));
const unsigned = keep(exampleSignature(hoursAgo(3)));
const failed = keep(unavailableSignature(hoursAgo(3)));
const expired = keep(exampleSignature(hoursAgo(25), { checks: [VERIFIED] }));

const settle = (
  previous: StoredEvidence | undefined,
  next: StoredEvidence['evidence'],
) => settleLook({ previous, next, trust: TRUST, now: NOW });

const partial = () => {
  const evidence = exampleSignature(NOW);
  evidence.detail!.trail[0] = {
    ...evidence.detail!.trail[0],
    complete: false,
    reason: 'registryTimeout',
  };
  return { ...evidence, status: 'present' as const };
};

describe('settleLook (L6)', () => {
  it.each([
    ['a present one', signed],
    ['an absent one', unsigned],
  ])('lets %s stand when a later look fails', (_, previous) => {
    const settled = settle(previous, unavailableSignature(NOW));
    expect(settled.stored.evidence).toEqual({
      ...previous.evidence,
      lastLook: {
        failedAt: NOW.toISOString(),
        reason: 'registryUnavailable',
      },
    });
    expect(settled).toMatchObject({
      changed: true,
      failure: 'registryUnavailable',
      transition: 'lookFailed',
    });
  });

  it('says nothing new when it fails again for the same reason', () => {
    const once = settle(signed, unavailableSignature(NOW));
    const twice = settle(once.stored, unavailableSignature(NOW));
    expect(twice).toMatchObject({ changed: false });
    expect(twice.transition).toBeUndefined();
  });

  it('takes away the mark of failure when a look succeeds', () => {
    const once = settle(signed, unavailableSignature(NOW));
    const again = settle(
      once.stored,
      exampleSignature(NOW, { checks: [VERIFIED] }),
    );
    expect(again.stored.evidence.lastLook).toBeUndefined();
    expect(again.transition).toBe('lookRestored');
    expect(again.failure).toBeUndefined();
  });

  it('lets an expired one stand no longer', () => {
    const settled = settle(expired, unavailableSignature(NOW));
    expect(settled.stored.evidence.status).toBe('unavailable');
  });

  it('replaces a signed one by a definitive negative at once', () => {
    const settled = settle(signed, exampleSignature(NOW));
    expect(settled.stored.evidence.status).toBe('absent');
    expect(settled).toMatchObject({ changed: true });
    expect(settled.stored.firstAbsentAt).toBe(NOW.toISOString());
  });

  it('replaces a signed one when the registry no longer holds the image', () => {
    const settled = settle(signed, {
      ...unavailableSignature(NOW),
      reason: 'subjectNotFound',
    });
    expect(settled.stored.evidence).toMatchObject({
      status: 'unavailable',
      reason: 'subjectNotFound',
    });
    expect(settled.failure).toBeUndefined();
  });

  it('does not take a look that read part of the places for a whole one', () => {
    const settled = settle(signed, partial());
    expect(settled.stored.evidence).toMatchObject({
      status: 'present',
      detail: signed.evidence.detail,
      lastLook: { reason: 'registryTimeout' },
    });
    expect(settle(undefined, partial())).toMatchObject({
      failure: 'registryTimeout',
      stored: { evidence: { status: 'present' } },
    });
  });

  it('counts the same result with other dates as unchanged', () => {
    const settled = settle(
      signed,
      exampleSignature(NOW, { checks: [VERIFIED] }),
    );
    expect(settled.changed).toBe(false);
    expect(settled.stored.evidence.observedAt).toBe(NOW.toISOString());
  });

  it('counts the same result under other trust roots as changed', () => {
    const settled = settleLook({
      previous: signed,
      next: exampleSignature(NOW, { checks: [VERIFIED] }),
      trust: { release: 'sha256:2' },
      now: NOW,
    });
    expect(settled.changed).toBe(true);
  });

  it('keeps since when nothing is found', () => {
    const first = settle(undefined, exampleSignature(hoursAgo(1)));
    const second = settle(first.stored, exampleSignature(NOW));
    expect(second.stored.firstAbsentAt).toBe(first.stored.firstAbsentAt);
  });

  it('replaces one failure by another', () => {
    const settled = settle(failed, {
      ...unavailableSignature(NOW),
      reason: 'rateLimited',
    });
    expect(settled.stored.evidence.reason).toBe('rateLimited');
    expect(settled.transition).toBeUndefined();
  });

  it('needs no evidence before', () => {
    expect(settle(undefined, unavailableSignature(NOW))).toMatchObject({
      transition: 'lookFailed',
      changed: true,
    });
    expect(SUBJECT.digest).toHaveLength(71);
  });
});

describe('nextLookMs', () => {
  const next = (
    settled: ReturnType<typeof settle>,
    options: { attempts?: number; random?: number } = {},
  ) =>
    nextLookMs({
      settled: [settled],
      attempts: options.attempts ?? 0,
      now: NOW,
      random: () => options.random ?? 0,
    });

  it('is six hours for what is signed', () => {
    const settled = settle(
      undefined,
      exampleSignature(NOW, { checks: [VERIFIED] }),
    );
    expect(next(settled)).toBe(6 * HOUR_MS);
    expect(next(settled, { random: 0.99 })).toBeLessThan(6 * HOUR_MS);
  });

  it.each([
    [0, 60_000],
    [30_000, 60_000],
    [240_000, 240_000],
    [10 * HOUR_MS, 900_000],
  ])('looks again soon after %d ms without signature (L7)', (age, expected) => {
    const settled = settle(undefined, exampleSignature(NOW));
    settled.stored.firstAbsentAt = new Date(NOW.getTime() - age).toISOString();
    expect(next(settled)).toBe(expected);
  });

  it.each([
    [1, 15_000],
    [2, 30_000],
    [5, 240_000],
    [40, 900_000],
  ])('backs off after %d failures', (attempts, expected) => {
    const settled = settle(undefined, unavailableSignature(NOW));
    expect(next(settled, { attempts })).toBe(expected);
    expect(next(settled, { attempts, random: 0.99 })).toBeGreaterThan(expected);
  });

  it('waits as long as the registry asks', () => {
    const settled = settle(undefined, {
      ...unavailableSignature(NOW),
      lastLook: {
        failedAt: NOW.toISOString(),
        reason: 'rateLimited',
        nextLookAt: new Date(NOW.getTime() + HOUR_MS).toISOString(),
      },
    });
    expect(next(settled, { attempts: 1 })).toBe(HOUR_MS);
  });

  it('looks before evidence expires', () => {
    const evidence = exampleSignature(NOW, { checks: [VERIFIED] });
    evidence.expiresAt = new Date(NOW.getTime() + 3 * HOUR_MS).toISOString();
    expect(next(settle(undefined, evidence))).toBe(1.5 * HOUR_MS);
  });
});
