import { Digest, Evidence } from 'backstage-plugin-supply-chain-common';
import { ExaminedImage } from '../../verify/ImageExaminer';
import { LookMemory } from './LookMemory';
import { isComplete, mergeLooks } from './mergeLooks';

const DIGEST = `sha256:${'a'.repeat(64)}` as Digest;
const subject = {
  type: 'image' as const,
  repository: 'registry.acme.example/a',
  digest: DIGEST,
};

type Status = Evidence['status'];

function look(status: Status, observedAt: string): ExaminedImage {
  const header = {
    subject,
    status,
    observedAt,
    ...(status === 'unavailable' && { reason: 'registryTimeout' as const }),
  };
  return {
    imageRef: `registry.acme.example/a@${DIGEST}`,
    reference: {
      domain: 'registry.acme.example',
      path: 'a',
      repository: 'registry.acme.example/a',
      digest: DIGEST,
    },
    digest: DIGEST,
    digestSource: 'specDigest',
    facts: {
      image: {
        imageRef: 'registry.acme.example/a',
        digestSource: 'specDigest',
        started: true,
        containerType: 'app',
        ...(status === 'present' && { platform: 'linux/amd64' }),
      },
      origin: { ...header, collector: 'origin', kind: 'origin' },
      signatures: [{ ...header, collector: 'sigstore', kind: 'signature' }],
      provenance: { ...header, collector: 'sigstore', kind: 'provenance' },
      scans: [],
      vulnerabilityClocks: [],
    },
  };
}

const EARLIER = '2026-11-23T12:00:00.000Z';
const LATER = '2026-11-23T13:00:00.000Z';

describe('mergeLooks', () => {
  it('keeps what was found when the new look cannot tell, and says so (L6)', () => {
    const { facts } = mergeLooks(
      look('present', EARLIER),
      look('unavailable', LATER),
    );
    const kept = {
      status: 'present',
      observedAt: EARLIER,
      lastLook: { failedAt: LATER, reason: 'registryTimeout' },
    };
    expect(facts).toMatchObject({
      image: { platform: 'linux/amd64' },
      origin: kept,
      signatures: [kept],
      provenance: kept,
    });
  });

  it.each<[Status, Status]>([
    ['present', 'absent'],
    ['present', 'present'],
    ['absent', 'unavailable'],
    ['unavailable', 'unavailable'],
  ])('takes the new look: %s, then %s', (before, after) => {
    const merged = mergeLooks(look(before, EARLIER), look(after, LATER));
    expect(merged.facts.signatures[0]).toEqual(
      look(after, LATER).facts.signatures[0],
    );
  });

  it('is complete when nothing only stands for want of something newer', () => {
    expect(isComplete(look('absent', EARLIER))).toBe(true);
    expect(isComplete(look('unavailable', EARLIER))).toBe(false);
    expect(
      isComplete(
        mergeLooks(look('present', EARLIER), look('unavailable', LATER)),
      ),
    ).toBe(false);
  });
});

describe('LookMemory', () => {
  it('forgets in time, and the one not asked for longest first', () => {
    let monotonic = 0;
    const memory = LookMemory.create({
      entriesMax: 2,
      rememberMs: 1000,
      monotonicMs: () => monotonic,
    });
    const remembered = (status: Status) => ({
      image: look(status, EARLIER),
      version: status,
    });
    memory.remember('a', remembered('present'));
    memory.remember('b', remembered('unavailable'));
    expect(memory.fresh('a')?.version).toBe('present');
    expect(memory.fresh('b')).toBeUndefined();
    expect(memory.standing('b')?.version).toBe('unavailable');
    memory.remember('c', remembered('absent'));
    expect(memory.size).toBe(2);
    expect(memory.standing('b')).toBeUndefined();
    monotonic = 1000;
    expect(memory.fresh('a')).toBeUndefined();
    expect(memory.standing('a')?.version).toBe('present');
  });
});
