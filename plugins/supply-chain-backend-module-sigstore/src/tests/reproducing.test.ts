import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  parseDigest,
  policySetFromBundles,
  ReproducingCommand,
  reproducingCommand,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { readPolicyBundle } from 'backstage-plugin-supply-chain-node/policies';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import {
  FREE_SANDBOX_PORTS,
  loadRegistryDump,
  OciRegistryServer,
  Sandbox,
  startSandbox,
} from 'sandbox';
import { clientFor, judgeImage } from '../__testUtils__/judge';
import { missingTools } from '../__testUtils__/missingTools';
import { RealCosign } from '../__testUtils__/RealCosign';
import { keyRoot } from '../__testUtils__/trustRoots';

// Real processes, on machines that may be busy.
jest.setTimeout(60_000);

const missing = missingTools('cosign');

/** Images of the sandbox that nobody it trusts has signed, each for another reason. */
const REFUSED = [
  'core/identity:6.0.1', // a key nobody trusts
  'core/config-store:2.5.0', // a workflow of another organisation
  'core/audit-log:1.0.7', // a payload for another digest
  'shop/invoices:0.8.0', // nothing at all
];

type Place = {
  repository: string;
  digest: string;
  /** As the workload names it. */
  reference?: string;
};

if (missing.length > 0) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip(`skipped: not on the PATH: ${missing.join(', ')}`, () => {
    expect(missing).toEqual([]);
  });
} else {
  describe('the command that repeats a check, run by the real client', () => {
    let sandbox: Sandbox;
    let trustRoots: TrustRoot[];
    let client: RegistryClient;
    let cosign: RealCosign;

    beforeAll(async () => {
      sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
      client = clientFor(sandbox.registry);
      cosign = RealCosign.create();
      const path = sandbox.policyFile;
      const loaded = policySetFromBundles([
        await readPolicyBundle({ type: 'file', path }),
      ]);
      trustRoots = loaded.ok ? loaded.policySet.trustRoots : [];
    });

    afterAll(async () => {
      cosign.remove();
      await client.close();
      await sandbox.stop();
      rmSync(sandbox.directory, { recursive: true, force: true });
    });

    const rootOf = (name: string) =>
      trustRoots.find(root => root.name === name)!;

    function find(image: string): Place {
      const [name, tag] = image.split(':');
      const { tags } = sandbox.registry.store.find(name)!;
      return {
        repository: `${sandbox.registry.host}/${name}`,
        digest: tags[tag],
      };
    }

    const judge = async (place: Place, trustRoot: TrustRoot) => {
      const { judgement } = await judgeImage({
        client,
        ...place,
        imageRefs: place.reference ? [place.reference] : [],
        trustRoots: [trustRoot],
        now: new Date(),
      });
      return judgement;
    };

    /** The command the page offers for an image that is verified. */
    async function offered(
      place: Place,
      trustRoot: TrustRoot,
    ): Promise<ReproducingCommand> {
      const { status, decidedBy } = await judge(place, trustRoot);
      expect(status).toBe('verified');
      const { repository, digest } = place;
      return reproducingCommand({
        subject: { repository, digest: parseDigest(digest)! },
        ...decidedBy!,
        trustRoot,
      })!;
    }

    /** Runs a command as it is printed, where the files that it names lie. */
    const run = (command: string[]) => cosign.run(command, sandbox.directory);

    it.each([
      ['shop/web:1.4.0', 'acme-ci', ['statementType', 'extensions']],
      ['shop/payments:2.3.0', 'acme-release-key', ['statementType']],
      ['shop/payments-gateway:1.9.3', 'acme-release-key', []],
    ])(
      'accepts %s under %s, and no image that is not signed so',
      async (image, name, notChecked) => {
        const trustRoot = rootOf(name);
        const { repository, digest } = find(image);
        const offer = await offered({ repository, digest }, trustRoot);
        expect(offer.notChecked).toEqual(notChecked);
        const { command } = offer;
        expect(command.at(-1)).toBe(`${repository}@${digest}`);
        expect(await run(command)).toMatchObject({
          exitCode: 0,
          stdout: expect.stringContaining(digest),
        });

        for (const other of REFUSED.map(find)) {
          const elsewhere = `${other.repository}@${other.digest}`;
          const { exitCode } = await run([...command.slice(0, -1), elsewhere]);
          expect({ elsewhere, isAccepted: exitCode === 0 }).toEqual({
            elsewhere,
            isAccepted: false,
          });
          expect((await judge(other, trustRoot)).status).not.toBe('verified');
        }
      },
    );

    it('names the index where the index is what is signed', async () => {
      const { repository, digest: index } = find('shop/cart:2.1.0');
      const { manifests } = sandbox.registry.store.find('shop/cart')!;
      const [{ digest }] = JSON.parse(
        manifests[index].body.toString('utf8'),
      ).manifests;
      const { command } = await offered(
        { repository, digest, reference: `${repository}:2.1.0` },
        rootOf('acme-release-key'),
      );
      expect(command.at(-1)).toBe(`${repository}@${index}`);
      expect((await run(command)).exitCode).toBe(0);
    });

    it.each([
      ['sep/web', undefined],
      ['sep/prefixed', 'team-a.'],
    ])(
      'finds the signature of %s in the repository it names, with the tag prefix %s',
      async (name, tagPrefix) => {
        const folder = resolve(__dirname, '../__fixtures__/cosign/forms');
        const content = loadRegistryDump(folder, { referrersApi: false });
        const server = await OciRegistryServer.start({ content: [content] });
        const formClient = clientFor(server);
        const key = resolve(folder, 'keys/p256.pub');
        const trustRoot = keyRoot({
          pem: readFileSync(key, 'utf8'),
        });
        const repository = `${server.host}/${name}`;
        const digest = content.repositories.find(each => each.name === name)!
          .tags['1.0.0'];
        const { judgement } = await judgeImage({
          client: formClient,
          repository,
          digest,
          trustRoots: [trustRoot],
          signatureRepositories: [
            {
              images: repository,
              repository: `${server.host}/acme/signatures`,
              tagPrefix,
            },
          ],
        });
        const { command } = reproducingCommand({
          subject: { repository, digest: parseDigest(digest)! },
          ...judgement.decidedBy!,
          trustRoot,
        })!;
        const where = command.map(each => (each === 'cosign.pub' ? key : each));
        const ended = await cosign.run(where);
        const without = await cosign.run(where.slice(2));
        await formClient.close();
        await server.stop();
        expect([ended.exitCode, without.exitCode]).toEqual([
          0,
          expect.any(Number),
        ]);
        expect(without.exitCode).not.toBe(0);
      },
    );

    it('accepts what a workflow signed as cosign 2 does, beside a bundle of a key', async () => {
      const [{ containers }] = sandbox.world.workloads('mailer');
      await sandbox.world.sign(containers[0], {
        form: 'sigTag',
        by: 'releaseWorkflow',
      });
      const { command, notChecked } = await offered(
        find('core/mailer:3.3.0'),
        rootOf('acme-ci'),
      );
      expect(notChecked).toEqual(['extensions']);
      expect((await run(command)).exitCode).toBe(0);
      const otherVersion = command.map(each => each.replace('v3.3.0', 'v3.3'));
      expect(otherVersion).not.toEqual(command);
      expect((await run(otherVersion)).exitCode).not.toBe(0);
    });
  });
}
