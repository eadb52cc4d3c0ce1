import {
  JudgedImage,
  VerifiedSigner,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { endVerdicts } from './endVerdicts';
import { writeJudgements } from './writeJudgements';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const TASK = { runningImageId: 'run-1', attempts: 0, ticket: 't', lease: 'l' };

const signer = (trustRoot: string, identity: string): VerifiedSigner => ({
  trustRoot,
  scheme: 'cosign',
  signer: identity,
  identity,
});

function judgementFor(entityRef: string, signers?: VerifiedSigner[]) {
  const judged = {
    key: 'a@sha256:00',
    imageRef: 'a:1',
    repository: 'a',
    digest: 'sha256:00',
    counted: true,
    running: true,
    outcome: 'pass',
    verdicts: [],
    answers: {},
    ...(signers && { signers }),
    fixableCritical: 0,
    fixableCriticalOverdue: 0,
    evaluatedAt: '2026-11-25T12:00:00.000Z',
  } as unknown as JudgedImage;
  return {
    entityRef,
    evaluation: { outcome: 'pass' as const, verdicts: [] },
    judged,
  };
}

describe.each(databases.eachSupportedId())('accepted signers on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
  });

  const write = (...judgements: ReturnType<typeof judgementFor>[]) =>
    knex.transaction(transaction =>
      writeJudgements({ transaction, judged: [{ task: TASK, judgements }] }),
    );

  const stored = async () =>
    knex('image_signers')
      .orderBy(['entity_ref', 'trust_root', 'signer'])
      .select('entity_ref', 'trust_root', 'signer');

  it('follow the judgement: another key takes the place of one that is gone', async () => {
    await write(judgementFor('web', [signer('release', 'one')]));
    await write(
      judgementFor('web', [signer('release', 'two'), signer('vendor', 'two')]),
    );
    expect(await stored()).toEqual([
      { entity_ref: 'web', trust_root: 'release', signer: 'two' },
      { entity_ref: 'web', trust_root: 'vendor', signer: 'two' },
    ]);
    const ids = await knex('image_signers').distinct('signer_id');
    expect(ids).toHaveLength(1);
    await write(judgementFor('web'));
    expect(await stored()).toEqual([]);
  });

  it('go with the entity an image no longer belongs to', async () => {
    const signers = [signer('release', 'one')];
    await write(judgementFor('web', signers), judgementFor('api', signers));
    await write(judgementFor('web', signers));
    expect(await stored()).toMatchObject([{ entity_ref: 'web' }]);
  });

  it('go with the image when it is forgotten', async () => {
    await write(judgementFor('web', [signer('release', 'one')]));
    await knex.transaction(transaction =>
      endVerdicts({ transaction, ended: [{ task: TASK }] }),
    );
    expect(await stored()).toEqual([]);
  });
});

describe.each(databases.eachSupportedId())('the answers on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
  });

  const write = (observedAt: string) => {
    const judgement = judgementFor('web');
    const judged: JudgedImage = {
      ...judgement.judged,
      answers: { provenance: 'fail' },
      provenance: {
        status: 'absent',
        level: 0,
        levelReasons: [],
        observedAt,
      },
    };
    return knex.transaction(transaction =>
      writeJudgements({
        transaction,
        judged: [{ task: TASK, judgements: [{ ...judgement, judged }] }],
      }),
    );
  };

  it('are not written again when only the look is newer', async () => {
    expect(await write('2026-11-25T12:00:00Z')).toEqual({
      entityRefs: ['web'],
    });
    expect(await write('2026-11-25T13:00:00Z')).toEqual({ entityRefs: [] });
  });

  it('are added to rows that an earlier version wrote', async () => {
    await write('2026-11-25T12:00:00Z');
    await knex('image_summaries').update({ provenance_outcome: null });
    expect(await write('2026-11-25T12:00:00Z')).toEqual({
      entityRefs: ['web'],
    });
    expect(await knex('image_summaries').pluck('provenance_outcome')).toEqual([
      'fail',
    ]);
  });
});
