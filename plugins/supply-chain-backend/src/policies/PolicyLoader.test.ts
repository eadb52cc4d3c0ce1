import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { SourceReport } from 'backstage-plugin-supply-chain-node';
import { TufRepositories } from 'backstage-plugin-supply-chain-node/policies';
import { Knex } from 'knex';
import { PrivateSigstore, TufMirror } from 'sandbox';
import { DatabasePolicyStore } from '../database/DatabasePolicyStore';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { examplePod } from '../__testUtils__/examples';
import { observePods } from '../__testUtils__/observePods';
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
  let mirror: TufMirror | undefined;

  const startLoader = () =>
    PolicyLoader.create({
      sources: [{ type: 'file', path }],
      store: DatabasePolicyStore.create({ knex }),
      trustedRoots: TufRepositories.create({
        registries: mirror && [
          { host: mirror.host, insecure: true, allowPrivateAddress: true },
        ],
        retryIntervalMs: 0,
        refreshIntervalMs: 0,
      }),
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
    await mirror?.stop();
    mirror = undefined;
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

  describe('a trusted root from a TUF repository', () => {
    const trustedRoot = async (name: string) =>
      JSON.stringify((await PrivateSigstore.create({ name })).trustedRoot());

    const start = async () => {
      mirror = await TufMirror.start({ target: await trustedRoot('first') });
      const tuf = `{ mirror: "${mirror.url}", root: { file: ./root.json } }`;
      await writeFile(join(folder, 'root.json'), mirror.initialRoot);
      await writeFile(
        path,
        `${policy('first')}---
apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: acme-ci }
spec:
  sigstore:
    trustedRoot: { tuf: ${tuf} }
    identities: [{ issuer: none, subject: ci@acme.example }]
`,
      );
      return mirror;
    };

    const digestInForce = async (loader: PolicyLoader) =>
      (await loader.policySet()).trustRoots[0]?.digest;

    const fileReport = () =>
      reports.filter(({ kind }) => kind === 'policyFile').at(-1);

    const LATER = '2999-01-01T00:00:00.000Z';

    const looksDue = async () => {
      const due = await knex('work').whereNot({ next_attempt_at: LATER });
      await knex('work').update({ next_attempt_at: LATER });
      return due.length;
    };

    it('stays in force through a mirror that is down and a restart, which says since when', async () => {
      const tuf = await start();
      const loader = startLoader();
      await loader.loadOnce();
      const digest = await digestInForce(loader);
      expect(fileReport()).toMatchObject({ state: 'ok' });
      await tuf.stop();
      const restarted = startLoader();
      await restarted.loadOnce();
      expect(await digestInForce(restarted)).toBe(digest);
      expect(fileReport()).toMatchObject({
        state: 'degraded',
        reason: 'tufUnreachable',
        message: expect.stringMatching(/gave at \d{4}-.*Z stays in force/),
      });
      expect(changes).toBe(1);
    });

    it('still lets the policies beside it change while the mirror is down', async () => {
      const tuf = await start();
      await startLoader().loadOnce();
      await tuf.stop();
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('name: first', 'name: second'));
      const loader = startLoader();
      await loader.loadOnce();
      expect(await namesInForce(loader)).toEqual(['second']);
      expect(await digestInForce(loader)).toMatch(/^sha256:/);
    });

    it('has everything looked at again when its content changes, and when it is withdrawn', async () => {
      const tuf = await start();
      const loader = startLoader();
      await loader.loadOnce();
      const digest = await digestInForce(loader);
      await observePods({ knex, pods: [examplePod()], now: new Date() });
      expect(await looksDue()).toBe(1);

      await loader.loadOnce();
      expect(await looksDue()).toBe(0);

      tuf.publish({ target: await trustedRoot('second'), rotateKeys: true });
      await loader.loadOnce();
      expect(await digestInForce(loader)).not.toBe(digest);
      expect(await looksDue()).toBe(1);

      await writeFile(path, policy('first'));
      await loader.loadOnce();
      expect(await digestInForce(loader)).toBeUndefined();
      expect(await looksDue()).toBe(1);
    });

    it('is noted as asked again, and its document as loaded when its content came', async () => {
      await start();
      const stored = async () => {
        const [{ bundle, loaded_at }] = await knex('policy_documents');
        const receipt = Object.entries<string>(JSON.parse(bundle).files).find(
          ([name]) => name.endsWith('receipt.json'),
        )!;
        return { loaded_at, checkedAt: JSON.parse(receipt[1]).checkedAt };
      };
      const loader = startLoader();
      await loader.loadOnce();
      const first = await stored();
      await loader.loadOnce();
      const second = await stored();
      expect(second.loaded_at).toBe(first.loaded_at);
      expect(second.checkedAt > first.checkedAt).toBe(true);
    });

    it('is not replaced by a target that is signed and no trusted root', async () => {
      const tuf = await start();
      const loader = startLoader();
      await loader.loadOnce();
      const digest = await digestInForce(loader);
      tuf.publish({ target: '{"mediaType":["application/vnd.dev"]}' });
      await loader.loadOnce();
      expect(await digestInForce(loader)).toBe(digest);
      expect(fileReport()).toMatchObject({
        state: 'degraded',
        reason: 'trustedRootUnreadable',
      });
    });
  });
});
