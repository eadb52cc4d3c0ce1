import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { SourceReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { DatabasePolicyStore } from '../database/DatabasePolicyStore';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { PolicyLoader } from './PolicyLoader';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const policy = (name: string) => `
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: ${name} }
spec:
  rules: [{ use: registry-allowed, with: { allow: ["registry.acme.example/**"] } }]
`;

describe.each(databases.eachSupportedId())('PolicyLoader on %s', id => {
  let knex: Knex;
  let folder: string;
  let path: string;
  let reports: SourceReport[];
  let changes: number;

  const startLoader = () =>
    PolicyLoader.create({
      sources: [{ type: 'file', path }],
      store: DatabasePolicyStore.create({ knex }),
      health: {
        report: async (_feed, report) => {
          reports.push(report);
        },
        setItems: async () => undefined,
        keepOnly: async () => undefined,
      },
      logger: mockServices.logger.mock(),
      onChanged: () => {
        changes += 1;
      },
    });

  const namesInForce = async (loader: PolicyLoader) =>
    (await loader.policySet()).policies.map(({ name }) => name);

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    folder = await mkdtemp(join(tmpdir(), 'policies-'));
    path = join(folder, 'policy.yaml');
    reports = [];
    changes = 0;
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('keeps the last good policy in force through a typo and a restart', async () => {
    await writeFile(path, policy('first'));
    const loader = startLoader();
    await loader.loadOnce();
    expect(await namesInForce(loader)).toEqual(['first']);
    expect(changes).toBe(1);

    await writeFile(path, policy('second').replace('rules', 'ruls'));
    await loader.loadOnce();
    expect(await namesInForce(loader)).toEqual(['first']);
    expect(reports.at(-1)).toMatchObject({
      kind: 'policyFile',
      name: path,
      state: 'degraded',
      reason: 'documentKeyUnknown',
      message: expect.stringContaining('ruls'),
    });

    await rm(path);
    const restarted = startLoader();
    await restarted.loadOnce();
    expect(await namesInForce(restarted)).toEqual(['first']);
    expect(reports.at(-1)).toMatchObject({ reason: 'documentUnreachable' });
    expect(changes).toBe(1);
  });

  it('acts on a change once, and on the same content not at all', async () => {
    await writeFile(path, policy('first'));
    await startLoader().loadOnce();
    await startLoader().loadOnce();
    expect(changes).toBe(1);

    await writeFile(path, policy('second'));
    const loader = startLoader();
    await loader.loadOnce();
    await loader.loadOnce();
    expect(changes).toBe(2);
    expect(await namesInForce(loader)).toEqual(['second']);
  });

  it('says that a source is down when nothing of it was ever good', async () => {
    const loader = startLoader();
    await loader.loadOnce();
    expect(await namesInForce(loader)).toEqual([]);
    expect(reports.at(-1)).toMatchObject({
      state: 'down',
      reason: 'documentUnreachable',
    });
  });
});
