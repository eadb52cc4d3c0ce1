import { LastLook } from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES, signatureOf } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { entityPath, imagePath } from '../__testUtils__/paths';
import { hoursAgo } from '../__testUtils__/StoredWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const FAILED: LastLook = {
  failedAt: hoursAgo(0),
  reason: 'registryRefused',
  nextLookAt: '2026-07-01T13:00:00.000Z',
};

describe.each(databases.eachSupportedId())(
  'the latest look at a signature on %s',
  id => {
    const router = useExampleRouter({ databases, id });
    const key = `${IMAGES.payments.repository}@${IMAGES.payments.digest}`;

    const look = (columns: {
      observed_at?: string;
      last_look?: string | null;
    }) =>
      router
        .knex('evidence')
        .where({ subject_key: key, kind: 'signature' })
        .update(columns);

    const queueVerdict = async (columns: {
      next_attempt_at: string;
      attempts?: number;
    }) => {
      const { id: running_image_id } = await router
        .knex('running_images')
        .where({ subject_key: key })
        .first();
      await router
        .knex('verdict_work')
        .insert({ running_image_id, ticket: 'ticket', ...columns });
    };

    const signatures = async () => {
      const image = await router.get(imagePath(IMAGES.payments));
      const entity = await router.get(entityPath(REFS.payments));
      return [image.body.signature, entity.body.images[0].signature];
    };

    it('is shown when it found what was judged', async () => {
      const [before] = await signatures();
      expect(before.observedAt).toBe(hoursAgo(1));

      await look({ observed_at: hoursAgo(0) });

      const after = { ...before, observedAt: hoursAgo(0) };
      expect(await signatures()).toEqual([after, after]);
    });

    it('is shown when it failed, beside the earlier result', async () => {
      const [before] = await signatures();
      expect(before.status).toBe('verified');

      await look({ last_look: JSON.stringify(FAILED) });

      const after = { ...before, lastLook: FAILED };
      expect(await signatures()).toEqual([after, after]);
    });

    it('shows the latest of several failures, and none once one came to its end', async () => {
      await router
        .knex('image_summaries')
        .where({ subject_key: key })
        .update({
          judged: router.knex.raw('replace(judged, ?, ?)', [
            `"observedAt":"${hoursAgo(1)}"`,
            `"observedAt":"${hoursAgo(1)}","lastLook":${JSON.stringify({
              ...FAILED,
              failedAt: hoursAgo(0.5),
            })}`,
          ]),
        });
      await look({ last_look: JSON.stringify(FAILED) });
      const [failing] = await signatures();
      expect(failing.lastLook).toEqual(FAILED);

      await look({ observed_at: hoursAgo(0), last_look: null });
      const [restored] = await signatures();
      expect(restored.lastLook).toBeUndefined();
      expect(restored.observedAt).toBe(hoursAgo(0));
    });

    it.each([
      ['is still to be judged', { next_attempt_at: hoursAgo(10) }],
      [
        'could not be judged',
        { next_attempt_at: '2999-01-01T00:00:00.000Z', attempts: 1 },
      ],
    ])('is not shown while what it found %s', async (_, work) => {
      const before = await signatures();
      await queueVerdict(work);
      await look({ observed_at: hoursAgo(0) });
      expect(await signatures()).toEqual(before);
    });

    it('is shown while a verdict is planned for later', async () => {
      await queueVerdict({ next_attempt_at: '2999-01-01T00:00:00.000Z' });
      await look({ observed_at: hoursAgo(0) });
      const [{ observedAt }] = await signatures();
      expect(observedAt).toBe(hoursAgo(0));
    });

    it('is not shown of what no longer runs', async () => {
      const before = await signatures();
      await router
        .knex('running_images')
        .where({ subject_key: key })
        .update({ running: false });
      await look({ observed_at: hoursAgo(0) });
      expect((await signatures())[0]).toEqual(before[0]);
    });

    it('is not shown when what was judged is newer', async () => {
      const before = await signatures();
      await look({ observed_at: hoursAgo(2) });
      expect(await signatures()).toEqual(before);
    });

    it('is not shown beside a signature nothing was known of', async () => {
      const path = imagePath(IMAGES.proxy);
      const before = await router.get(path);
      await router.world.addEvidence(signatureOf(IMAGES.proxy));
      const after = await router.get(path);
      expect(after.body.signature).toEqual(before.body.signature);
      expect(after.body.signature.observedAt).toBeUndefined();
    });

    it('stays as judged when the evidence is gone', async () => {
      const before = await signatures();
      await router.knex('evidence').where({ kind: 'signature' }).delete();
      expect(await signatures()).toEqual(before);
    });
  },
);
