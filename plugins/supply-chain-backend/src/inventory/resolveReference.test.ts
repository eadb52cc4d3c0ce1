import { ConfigReader } from '@backstage/config';
import {
  currentRegistryUse,
  RegistryFailure,
  RegistryUse,
} from 'backstage-plugin-supply-chain-node/registry';
import { digestOf } from '../__testUtils__/examples';
import { ReferenceTask } from '../stores/ReferenceStore';
import { AnnotatedImageRules } from './AnnotatedImageRules';
import { resolveReference, TagRegistry } from './resolveReference';

const NOW = new Date('2026-05-01T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const OWN = 'registry.acme.example/shop/web';

const rules = AnnotatedImageRules.fromConfig(
  new ConfigReader({
    supplyChain: { registries: [{ host: 'registry.acme.example' }] },
  }),
);

let asked: { text: string; use?: RegistryUse }[];

const registryOf = (
  answer: Partial<RegistryFailure> | { digest: string },
): TagRegistry => ({
  resolveTag: async reference => {
    asked.push({
      text: `${reference.repository}:${reference.tag}`,
      use: currentRegistryUse(),
    });
    return (
      'digest' in answer
        ? { ok: true, value: answer }
        : { ok: false, detail: 'text', ...answer }
    ) as Awaited<ReturnType<TagRegistry['resolveTag']>>;
  },
});

const resolve = (
  task: Partial<ReferenceTask>,
  answer: Parameters<typeof registryOf>[0] = { digest: digestOf('a') },
) =>
  resolveReference({
    task: {
      runningImageId: 'id',
      entityRef: 'component:default/web',
      imageRef: 'quay.io/acme/web:1',
      isLinked: false,
      attempts: 0,
      ticket: 'ticket',
      lease: 'lease',
      ...task,
    },
    rules,
    registry: registryOf(answer),
    signal: new AbortController().signal,
    now: NOW,
    intervalMs: 6 * HOUR_MS,
    random: () => 0,
  });

beforeEach(() => {
  asked = [];
});

describe('when an annotation names a tag', () => {
  it('resolves it now, for the entity and for no place', async () => {
    expect(await resolve({})).toMatchObject({
      found: { digest: digestOf('a'), digestSource: 'tagResolvedNow' },
      needsLink: false,
      attempts: 0,
      nextAttemptMs: 6 * HOUR_MS,
    });
    expect(asked).toEqual([
      {
        text: 'quay.io/acme/web:1',
        use: { places: [{ entityRef: 'component:default/web' }] },
      },
    ]);
  });

  it('says why it cannot, and tries again soon where that may help', async () => {
    const failure = { kind: 'transient', reason: 'registryTimeout' } as const;
    expect(await resolve({ attempts: 2 }, failure)).toMatchObject({
      found: { digestSource: 'none', digestReason: 'registryTimeout' },
      attempts: 3,
      nextAttemptMs: 60_000,
    });
    const retryAfterMs = HOUR_MS;
    expect(await resolve({}, { ...failure, retryAfterMs })).toMatchObject({
      nextAttemptMs: HOUR_MS,
    });
    const refusal = {
      kind: 'definitive',
      reason: 'registryNotAllowed',
    } as const;
    expect(await resolve({}, refusal)).toMatchObject({
      found: { digestSource: 'none', digestReason: 'registryNotAllowed' },
      attempts: 0,
      nextAttemptMs: 6 * HOUR_MS,
    });
  });

  it('keeps what was known through a failure for a day, not longer (L6)', async () => {
    const failure = {
      kind: 'transient',
      reason: 'registryUnavailable',
    } as const;
    const known = (hours: number) => ({
      digest: digestOf('b'),
      at: new Date(NOW.getTime() - hours * HOUR_MS).toISOString(),
    });
    expect(
      (await resolve({ known: known(23) }, failure)).found,
    ).toBeUndefined();
    expect((await resolve({ known: known(25) }, failure)).found).toEqual({
      digestSource: 'none',
      digestReason: 'registryUnavailable',
    });
  });
});

describe('when an annotation names a digest', () => {
  it('takes it and asks nobody', async () => {
    const imageRef = `quay.io/acme/web:1@${digestOf('c')}`;
    expect(await resolve({ imageRef })).toMatchObject({
      found: { digest: digestOf('c'), digestSource: 'specDigest' },
    });
    expect(asked).toEqual([]);
  });
});

describe('when an annotation names an image of their own registry', () => {
  it.each([`${OWN}:1`, `${OWN}@${digestOf('c')}`])(
    'refuses %s without asking while nothing of the entity runs from there (L30)',
    async imageRef => {
      expect(await resolve({ imageRef })).toMatchObject({
        found: {
          digestSource: 'none',
          digestReason: 'annotatedImageNotAllowed',
        },
        needsLink: true,
      });
      expect(asked).toEqual([]);
    },
  );

  it('reads it where something does', async () => {
    const task = { imageRef: `${OWN}:1`, isLinked: true };
    expect(await resolve(task)).toMatchObject({
      found: { digest: digestOf('a') },
      needsLink: true,
    });
  });
});

it('says that a reference is none', async () => {
  expect(await resolve({ imageRef: ':::' })).toMatchObject({
    found: { digestSource: 'none', digestReason: 'referenceUnreadable' },
  });
});
