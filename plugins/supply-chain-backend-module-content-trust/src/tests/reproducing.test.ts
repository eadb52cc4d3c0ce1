import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  ImageSubject,
  parseDigest,
  policySetFromBundles,
  reproducingCommand,
  signatureStatusFor,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { readPolicyBundle } from 'backstage-plugin-supply-chain-node/policies';
import {
  OriginCollector,
  RegistryClient,
} from 'backstage-plugin-supply-chain-node/registry';
import { createCollectContext } from 'backstage-plugin-supply-chain-node/testUtils';
import {
  FREE_SANDBOX_PORTS,
  NotaryKey,
  Sandbox,
  startSandbox,
  TrustCollection,
} from 'sandbox';
import { ContentTrustCollector } from '../ContentTrustCollector';

const SLOW_MS = 60_000;
const IMAGE = 'core/ledger-archive';
const TAG = '4.2.0';

const hasNotary = (process.env.PATH ?? '')
  .split(delimiter)
  .some(folder => existsSync(join(folder, 'notary')));

if (!hasNotary) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: not on the PATH: notary', () => {
    expect(hasNotary).toBe(true);
  });
} else {
  describe('the command that repeats a check, run by the real client', () => {
    let sandbox: Sandbox;
    let client: RegistryClient;
    let trustRoot: TrustRoot;
    let home: string;

    beforeAll(async () => {
      sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
      home = mkdtempSync(join(tmpdir(), 'notary-home-'));
      client = RegistryClient.create({
        registries: [sandbox.registry.host, sandbox.notary.host].map(host => ({
          host,
          insecure: true,
          allowPrivateAddress: true,
        })),
      });
      const path = sandbox.policyFile;
      const loaded = policySetFromBundles([
        await readPolicyBundle({ type: 'file', path }),
      ]);
      const roots = loaded.ok ? loaded.policySet.trustRoots : [];
      trustRoot = roots.find(({ name }) => name === 'acme-content-trust')!;
    }, SLOW_MS);

    afterAll(async () => {
      await client.close();
      await sandbox.stop();
      rmSync(home, { recursive: true, force: true });
      rmSync(sandbox.directory, { recursive: true, force: true });
    });

    /** Runs a command as it is printed; the client remembers what it trusted first in its home. */
    const run = (command: string[]) =>
      new Promise<{ exitCode: number; stdout: string }>((resolve, reject) => {
        const [file, ...args] = command;
        const env = { PATH: process.env.PATH, HOME: home };
        // Not execFileSync: the server that is asked runs in this very process.
        execFile(
          file,
          args,
          { cwd: sandbox.directory, env, timeout: SLOW_MS / 2 },
          (error, stdout) => {
            const exitCode = error ? error.code : 0;
            if (typeof exitCode === 'number') {
              resolve({ exitCode, stdout });
            } else {
              reject(error);
            }
          },
        );
      });

    /** The command the page offers for the image that is signed by content trust alone. */
    async function offered(): Promise<{ command: string[]; digest: string }> {
      const { host, store } = sandbox.registry;
      const digest = parseDigest(store.find(IMAGE)!.tags[TAG])!;
      const repository = `${host}/${IMAGE}`;
      const subject: ImageSubject = { type: 'image', repository, digest };
      const now = new Date();
      const context = createCollectContext({
        now,
        imageRefs: [`${repository}:${TAG}`],
        trustRoots: [trustRoot],
      });
      const registry = client;
      const [origin] = await OriginCollector.create({ registry }).collect(
        subject,
        context,
      );
      const signatures = await ContentTrustCollector.create({
        registry,
      }).collect(subject, { ...context, origin });
      const { status, decidedBy } = signatureStatusFor({
        policy: { trust: { type: 'any', of: [trustRoot.name] } },
        trustRoots: [trustRoot],
        signatures,
        now,
      });
      expect(status).toBe('verified');
      const { command } = reproducingCommand({
        subject: { repository, digest },
        ...decidedBy!,
        trustRoot,
      })!;
      return { command, digest };
    }

    it(
      'prints the digest that is signed, and nothing for a tag that is not',
      async () => {
        const { command, digest } = await offered();
        expect(await run(command)).toEqual({
          exitCode: 0,
          stdout: expect.stringContaining(`sha256:${digest.slice(7)} `),
        });
        const otherTag = [...command.slice(0, -1), '4.2.1'];
        expect((await run(otherTag)).exitCode).not.toBe(0);
        const otherImage = command.map(each =>
          each.replace(IMAGE, 'core/identity'),
        );
        expect(otherImage).not.toEqual(command);
        expect((await run(otherImage)).exitCode).not.toBe(0);
      },
      SLOW_MS,
    );

    it(
      'ends in failure where another key signed the tag',
      async () => {
        const { command, digest } = await offered();
        const gun = `${sandbox.registry.host}/core/wrong-key`;
        const wrong = command.map(each => (each.endsWith(IMAGE) ? gun : each));
        const now = new Date();
        const collection = TrustCollection.create({ gun, now });
        collection.signTag(TAG, digest);
        collection.publish(now, { signers: { targets: [NotaryKey.create()] } });
        sandbox.notary.add(collection);
        expect(await run(wrong)).toMatchObject({
          exitCode: 1,
          stdout: expect.not.stringContaining(digest),
        });

        // Signed by its own key the same tag is found: it was the key.
        collection.signTag(TAG, digest);
        collection.publish(now);
        expect(await run(wrong)).toMatchObject({
          exitCode: 0,
          stdout: expect.stringContaining(digest),
        });
      },
      SLOW_MS,
    );
  });
}
