import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { ContentTrustClient } from '../ContentTrustClient';
import { Collection } from '../verify';
import { digestOf } from '../__testUtils__/MintedTrust';
import { hasRealNotary, RealNotary } from '../__testUtils__/RealNotary';

const GUN = 'registry.example.test/shop/real';
const SLOW_MS = 60_000;

/** `notary list` shows each tag once: of the first role that has it, parents first. */
function asListed({ roles }: Collection): string[] {
  const seen = new Set<string>();
  return roles
    .flatMap(({ tags }) => tags)
    .filter(({ tag }) => !seen.has(tag) && seen.add(tag))
    .map(({ role, tag, digest }) => `${role} ${tag} ${digest}`);
}

if (!hasRealNotary()) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: notary and notary-server are not here', () => {
    expect(hasRealNotary()).toBe(true);
  });
} else {
  describe('a real Notary server, signed with the real client', () => {
    let notary: RealNotary;
    let client: RegistryClient;
    let previous: string | undefined;

    beforeAll(async () => {
      notary = await RealNotary.start();
      client = RegistryClient.create({
        registries: [
          { host: notary.host, insecure: true, allowPrivateAddress: true },
        ],
      });
    }, SLOW_MS);

    afterAll(async () => {
      await client.close();
      await notary.stop();
    });

    /** Reads as the portal does: what was trusted first is followed from look to look. */
    const read = () =>
      ContentTrustClient.create({ registry: client }).read({
        server: notary.url,
        gun: GUN,
        trust: { type: 'firstUse', mayBegin: true },
        previous,
        now: new Date(),
        signal: AbortSignal.timeout(SLOW_MS),
      });

    async function expectSameAnswer(): Promise<Collection> {
      const result = await read();
      if (result.outcome !== 'accepted') {
        throw new Error(`expected acceptance, got ${JSON.stringify(result)}`);
      }
      previous = result.state;
      expect(asListed(result.collection).sort()).toEqual(
        notary.list(GUN).sort(),
      );
      return result.collection;
    }

    const sign = (tag: string, word: string, ...more: string[]) =>
      notary.run(
        'addhash',
        GUN,
        tag,
        '1234',
        '--sha256',
        digestOf(word).slice('sha256:'.length),
        ...more,
        '-p',
      );

    it('is absent before anything was signed', async () => {
      expect(await read()).toEqual({ outcome: 'absent' });
    });

    it(
      'gives the answer the client gives, through everything a publisher does',
      async () => {
        notary.run('init', GUN, '-p');
        expect(asListed(await expectSameAnswer())).toEqual([]);

        sign('1.0.0', 'one');
        sign('1.0.1', 'two');
        expect(asListed(await expectSameAnswer())).toHaveLength(2);
        expect(notary.run('lookup', GUN, '1.0.0')).toContain(digestOf('one'));

        for (const name of ['releases', 'alice']) {
          const certificate = notary.importDelegationKey(name, new Date());
          notary.run(
            'delegation',
            'add',
            GUN,
            `targets/${name}`,
            certificate,
            '--all-paths',
            '-p',
          );
        }
        sign('1.0.0', 'rebuilt', '-r', 'targets/releases');
        sign('2.0.0', 'three', '-r', 'targets/releases');
        sign('3.0.0', 'four', '-r', 'targets/alice');
        const delegated = await expectSameAnswer();
        expect(delegated.roles.map(({ name }) => name).sort()).toEqual([
          'targets',
          'targets/alice',
          'targets/releases',
        ]);

        notary.run('remove', GUN, '1.0.1', '-p');
        sign('1.0.0', 'again');
        await expectSameAnswer();

        const before = delegated.rootKeyIds;
        notary.run('key', 'rotate', GUN, 'root');
        expect((await expectSameAnswer()).rootKeyIds).not.toEqual(before);
        notary.run('key', 'rotate', GUN, 'targets');
        notary.run('key', 'rotate', GUN, 'snapshot', '-r');
        notary.run('key', 'rotate', GUN, 'root');
        sign('4.0.0', 'five');
        const rotated = await expectSameAnswer();
        expect(rotated.versions.root).toBeGreaterThan(4);
        expect(rotated.rollbackProtected).toBe(true);
      },
      SLOW_MS,
    );

    it(
      'is refused after it was deleted and begun anew with another root',
      async () => {
        notary.run('delete', GUN, '--remote');
        expect(await read()).toEqual({ outcome: 'absent' });
        notary.run('init', GUN, '-p');
        expect(await read()).toMatchObject({
          outcome: 'refused',
          reason: 'trustDataRolledBack',
        });
      },
      SLOW_MS,
    );
  });
}
