import { PolicyFacts } from '../policy/types';
import { DIGEST, policy, REPOSITORY, scan } from '../testing/exampleFacts';
import {
  CRITICAL,
  good,
  judge,
  PINNED,
  UNSIGNED,
  unsigned,
  vulnerable,
} from '../testing/exampleJudged';
import { entitySummary } from './entitySummary';
import { imageRowsOf, PLATFORM_IMAGES_KEY } from './imageRowsOf';
import { imageKey } from './judgeImage';
import { mergeImages } from './mergeImages';

describe('images of an entity', () => {
  it('are one row per digest, wrong where one place is wrong', () => {
    const elsewhere = judge({
      image: { cluster: 'prod-us', imageRef: `${REPOSITORY}:latest` },
    });
    const [row, ...rest] = mergeImages([good, elsewhere, good]);
    expect(rest).toEqual([]);
    expect(row).toMatchObject({
      outcome: 'fail',
      reason: 'movingTag',
      answers: { registry: 'fail', signature: 'pass' },
    });
    expect(row.verdicts).toHaveLength(1);
    expect(row.verdicts[0].outcome).toBe('fail');
    expect(row.placements.map(({ cluster }) => cluster)).toEqual([
      'prod-eu',
      'prod-eu',
      'prod-us',
    ]);
  });

  it('show the worst signature of several places, and beside what scans found what is not scanned', () => {
    const worse = judge({
      image: { namespace: 'edge' },
      facts: { signatures: UNSIGNED, scans: [] },
    });
    expect(mergeImages([good, worse])).toMatchObject([
      {
        signature: { status: 'unsigned' },
        vulnerabilities: {
          status: 'present',
          counts: { critical: 0 },
          gap: { count: 1, total: 2, status: 'absent', reason: 'notScanned' },
        },
      },
    ]);
  });

  describe('in several places', () => {
    const at = (cluster: string, given: Partial<PolicyFacts>) =>
      judge({ image: { cluster }, facts: given });
    const criticals = [scan({ findings: CRITICAL })];
    const STALE = '2026-11-01T00:00:00Z';

    it('show the figures of the worst, whatever order they come in', () => {
      const none = at('a', {});
      const worst = at('b', { scans: criticals });
      for (const places of [
        [none, worst],
        [worst, none],
      ]) {
        const [{ vulnerabilities, figuresOf, fixableCritical }] =
          mergeImages(places);
        expect(vulnerabilities).toMatchObject({
          status: 'present',
          counts: { critical: 1, high: 1 },
        });
        expect(vulnerabilities).not.toHaveProperty('gap');
        expect(figuresOf).toBe(worst);
        expect(fixableCritical).toBe(vulnerabilities?.counts?.critical);
      }
    });

    it('show what is known where one place is not scanned', () => {
      const known = at('b', { scans: criticals });
      const [merged] = mergeImages([at('a', { scans: [] }), known]);
      expect(merged.figuresOf).toBe(known);
      expect(merged.vulnerabilities).toMatchObject({
        counts: { critical: 1 },
        gap: { count: 1, total: 2, status: 'absent' },
      });
    });

    it('are as old as the oldest scan that is counted', () => {
      const old = at('a', { scans: [scan({ scannedAt: STALE })] });
      const [merged] = mergeImages([old, at('b', { scans: criticals })]);
      expect(merged.vulnerabilities).toMatchObject({
        status: 'stale',
        reason: 'scanStale',
        scannedAt: STALE,
        counts: { critical: 1 },
      });
    });

    it('take nothing from where it runs no longer', () => {
      const gone = judge({ running: false, facts: { scans: criticals } });
      expect(mergeImages([gone, good])[0].figuresOf).toBe(good);
      expect(mergeImages([gone])[0].figuresOf).toBe(gone);
    });

    it('have no figures where none is scanned', () => {
      const [merged] = mergeImages([
        at('a', { scans: [] }),
        at('b', { scans: [], scanner: { status: 'unavailable' } }),
      ]);
      expect(merged.vulnerabilities).toEqual({
        status: 'unavailable',
        reason: 'scannerUnavailable',
      });
    });
  });

  it('stand worst first, those of the platform in one row at the end (L36)', () => {
    const mesh = (name: string) =>
      judge({
        image: {
          imageRef: `registry.acme.example/mesh/${name}:1`,
          repository: `registry.acme.example/mesh/${name}`,
        },
      });
    expect(
      imageRowsOf([mesh('proxy'), good, mesh('init'), unsigned]).map(
        ({ key }) => key,
      ),
    ).toEqual([unsigned.key, good.key, PLATFORM_IMAGES_KEY]);
    expect(imageRowsOf([mesh('proxy'), mesh('init')])).toMatchObject([
      {
        outcome: 'fail',
        reason: 'unpinnedReference',
        placements: [{}, {}],
        counts: { fail: 2 },
      },
    ]);
    expect(imageRowsOf([mesh('proxy')])).toMatchObject([
      { key: mesh('proxy').key },
    ]);
    const covered = judge({
      image: {
        imageRef: `registry.acme.example/mesh/a@${DIGEST}`,
        repository: 'registry.acme.example/mesh/a',
      },
    });
    const other = judge({
      image: {
        imageRef: `registry.acme.example/mesh/b@${DIGEST}`,
        repository: 'registry.acme.example/mesh/b',
      },
    });
    expect(imageRowsOf([covered, other])[0]).not.toHaveProperty('reason');
  });

  it('have one key by repository and digest, else by reference', () => {
    expect(
      imageKey({ imageRef: 'x', repository: REPOSITORY, digest: DIGEST }),
    ).toBe(PINNED);
    expect(imageKey({ imageRef: 'x', repository: REPOSITORY })).toBe('x');
  });

  it('name every policy that judges them, in order', () => {
    const two = [policy({ name: 'b' }), policy({ name: 'a' })];
    const { policies, worst } = entitySummary([
      judge({ policies: two, facts: { signatures: UNSIGNED } }),
    ]);
    expect(policies.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(worst).toMatchObject({ ruleId: 'image-signed', images: 1, of: 1 });
  });

  it('are their last known ones where nothing runs now', () => {
    const gone = judge({ running: false, facts: { signatures: UNSIGNED } });
    expect(entitySummary([gone]).outcome).toBe('fail');
    expect(entitySummary([gone, vulnerable]).counts).toMatchObject({ fail: 1 });
    expect(
      mergeImages([gone, good])[0].placements.map(({ running }) => running),
    ).toEqual([true, false]);
  });
});
