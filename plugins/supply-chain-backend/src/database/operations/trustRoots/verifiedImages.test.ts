import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import {
  SEES_EVERYTHING,
  VisibleEntities,
} from '../../../permissions/VisibleEntities';
import {
  countContentTrustOnly,
  countVerifiedImages,
} from './countVerifiedImages';
import { listVerifiedImages } from './listVerifiedImages';

jest.setTimeout(60_000);

const databases = createTestDatabases();

type Run = {
  image: string;
  entity?: string;
  running?: boolean;
  counted?: boolean;
  /** Trust root, signing system and signer. */
  signers: [string, string, string][];
};

const COSIGN: Run['signers'][number] = ['release', 'cosign', 'key-1'];
const NOTARY: Run['signers'][number] = ['dct', 'contentTrust', 'root-1'];

describe.each(databases.eachSupportedId())(
  'images that stand on trust roots on %s',
  id => {
    let knex: Knex;
    let runs: number;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, id);
      runs = 0;
      for (const name of ['web', 'api', 'vault']) {
        await knex('entities').insert({
          ref: `component:default/${name}`,
          kind: 'component',
          namespace: 'default',
          name,
          annotations: '{}',
          hash: name,
          seen_at: '2026-11-25T12:00:00.000Z',
        });
      }
    });

    const add = async ({ image, entity, signers, ...state }: Run) => {
      runs += 1;
      const place = {
        running_image_id: `run-${runs}`,
        entity_ref: entity ? `component:default/${entity}` : '',
      };
      await knex('image_summaries').insert({
        ...place,
        subject_key: `${image}@sha256:00`,
        counted: state.counted ?? true,
        running: state.running ?? true,
        outcome: 'pass',
        judged: '{}',
        evaluated_at: '2026-11-25T12:00:00.000Z',
      });
      for (const [trust_root, scheme, signer_id] of signers) {
        await knex('image_signers').insert({
          ...place,
          trust_root,
          scheme,
          signer_id,
          signer: signer_id,
        });
      }
    };

    const counts = async (visible: Partial<VisibleEntities> = {}) =>
      Object.fromEntries(
        await countVerifiedImages({
          knex,
          visible: { ...SEES_EVERYTHING, ...visible },
        }),
      );

    it('count once however often they run, and only what runs and counts', async () => {
      await add({ image: 'a', entity: 'web', signers: [COSIGN] });
      await add({ image: 'a', entity: 'api', signers: [COSIGN] });
      await add({
        image: 'b',
        entity: 'web',
        running: false,
        signers: [COSIGN],
      });
      await add({
        image: 'c',
        entity: 'web',
        counted: false,
        signers: [COSIGN],
      });
      await add({ image: 'd', entity: 'web', signers: [] });
      expect(await counts()).toEqual({
        release: { verified: 1, singleSigner: 1, contentTrustOnly: 0 },
      });
    });

    it('depend on one signer unless there is another, whatever the root', async () => {
      await add({
        image: 'one-key-under-two-roots',
        entity: 'web',
        signers: [COSIGN, ['vendor', 'cosign', 'key-1']],
      });
      await add({
        image: 'two-keys',
        entity: 'web',
        signers: [COSIGN, ['release', 'cosign', 'key-2']],
      });
      await add({
        image: 'another-key-where-another-service-runs-it',
        entity: 'web',
        signers: [COSIGN],
      });
      await add({
        image: 'another-key-where-another-service-runs-it',
        entity: 'api',
        signers: [['vendor', 'cosign', 'key-3']],
      });
      expect(await counts()).toEqual({
        release: { verified: 3, singleSigner: 1, contentTrustOnly: 0 },
        vendor: { verified: 2, singleSigner: 1, contentTrustOnly: 0 },
      });
    });

    it('stand on content trust alone when nothing else signs them', async () => {
      await add({ image: 'only', entity: 'web', signers: [NOTARY] });
      await add({ image: 'both', entity: 'web', signers: [NOTARY, COSIGN] });
      expect(await counts()).toMatchObject({
        dct: { verified: 2, singleSigner: 1, contentTrustOnly: 1 },
        release: { verified: 1, contentTrustOnly: 0 },
      });
      expect(
        await countContentTrustOnly({ knex, visible: SEES_EVERYTHING }),
      ).toBe(1);
      const listed = await listVerifiedImages({
        knex,
        visible: SEES_EVERYTHING,
        trustRoot: 'dct',
        only: 'contentTrustOnly',
        offset: 0,
        limit: 10,
      });
      expect(listed).toEqual({
        total: 1,
        images: [
          {
            subjectKey: 'only@sha256:00',
            schemes: ['contentTrust'],
            signers: ['root-1'],
            singleSigner: true,
            contentTrustOnly: true,
            entityRefs: ['component:default/web'],
          },
        ],
      });
    });

    it('are those of visible services, and of none with the permission for it (L33)', async () => {
      await add({ image: 'a', entity: 'web', signers: [COSIGN] });
      await add({
        image: 'a',
        entity: 'vault',
        signers: [['vendor', 'cosign', 'key-9']],
      });
      await add({ image: 'b', signers: [COSIGN] });
      const refs = ['component:default/web'];
      const seen = { verified: 1, singleSigner: 1, contentTrustOnly: 0 };
      expect(await counts({ refs, unlinked: false })).toEqual({
        release: seen,
      });
      expect(await counts({ refs })).toEqual({
        release: { ...seen, verified: 2, singleSigner: 2 },
      });
      expect(await counts({ rules: 'none' })).toEqual({ release: seen });
      const { images } = await listVerifiedImages({
        knex,
        visible: { ...SEES_EVERYTHING, refs, unlinked: false },
        trustRoot: 'release',
        offset: 0,
        limit: 10,
      });
      expect(images).toMatchObject([
        { singleSigner: true, entityRefs: ['component:default/web'] },
      ]);
    });

    it('come page by page in the order of their names', async () => {
      for (const image of ['c', 'a', 'b']) {
        await add({ image, entity: 'web', signers: [COSIGN] });
      }
      const page = async (offset: number) => {
        const { total, images } = await listVerifiedImages({
          knex,
          visible: SEES_EVERYTHING,
          trustRoot: 'release',
          offset,
          limit: 2,
        });
        return [total, ...images.map(each => each.subjectKey)];
      };
      expect(await page(0)).toEqual([3, 'a@sha256:00', 'b@sha256:00']);
      expect(await page(2)).toEqual([3, 'c@sha256:00']);
    });
  },
);
