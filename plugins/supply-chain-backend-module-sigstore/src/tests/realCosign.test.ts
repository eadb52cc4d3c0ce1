import {
  ReasonCode,
  SignatureStatus,
} from 'backstage-plugin-supply-chain-common';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { OciDescriptor } from 'sandbox';
import {
  attachBundle,
  copyIndex,
  copySigTag,
  readAttachedBundle,
} from '../__testUtils__/attachments';
import { clientFor, judgeImage } from '../__testUtils__/judge';
import { missingTools } from '../__testUtils__/missingTools';
import { CosignKey, RealCosign } from '../__testUtils__/RealCosign';
import { RealRegistry } from '../__testUtils__/RealRegistry';
import { keyRoot } from '../__testUtils__/trustRoots';

// Real processes, on machines that may be busy.
jest.setTimeout(60_000);

const missing = missingTools('cosign', 'docker-registry');

type Said = [status: SignatureStatus, reason?: ReasonCode];

if (missing.length > 0) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip(`skipped: not on the PATH: ${missing.join(', ')}`, () => {
    expect(missing).toEqual([]);
  });
} else {
  describe('images in a real registry, signed by the real client', () => {
    let registry: RealRegistry;
    let cosign: RealCosign;
    let client: RegistryClient;
    let oldKey: CosignKey;
    let newKey: CosignKey;

    beforeAll(async () => {
      registry = await RealRegistry.start();
      client = clientFor(registry);
      cosign = RealCosign.create();
      oldKey = await cosign.createKey('old');
      newKey = await cosign.createKey('new');
    });

    afterAll(async () => {
      await client.close();
      await registry.stop();
      cosign.remove();
    });

    const push = (repository: string, tag: string) =>
      registry.pushImage({ repository, tag, word: `${repository}:${tag}` });
    const nameOf = (repository: string, { digest }: OciDescriptor) =>
      `${registry.host}/${repository}@${digest}`;

    /** What a policy that trusts these keys says, and whether the client accepts the image by any of them. */
    async function ask(
      repository: string,
      options: { reference: string; keys?: CosignKey[] },
    ): Promise<{ said: Said; accepted: boolean }> {
      const { reference, keys = [oldKey] } = options;
      const isDigest = reference.startsWith('sha256:');
      const name = `${registry.host}/${repository}`;
      const { judgement, evidence } = await judgeImage({
        client,
        repository: name,
        digest: isDigest
          ? reference
          : await registry.resolve(repository, reference),
        trustRoots: keys.map(key => keyRoot({ name: key.name, pem: key.pem })),
      });
      expect(evidence.detail?.trail.every(look => look.complete)).toBe(true);
      const image = `${name}${isDigest ? '@' : ':'}${reference}`;
      const exitCodes = await Promise.all(
        keys.map(key => cosign.verify(key, image)),
      );
      return {
        said: [judgement.status, judgement.reason],
        accepted: exitCodes.includes(0),
      };
    }

    /** Neither accepts what the other refuses; what we say is written in the test. */
    const bothSay = (...[status, reason]: Said) => ({
      said: [status, reason],
      accepted: status === 'verified',
    });

    it('accepts a signed image, by digest and by tag', async () => {
      const image = await push('shop/signed', '1.0.0');
      await cosign.sign(oldKey, nameOf('shop/signed', image));
      for (const reference of [image.digest, '1.0.0']) {
        expect(await ask('shop/signed', { reference })).toEqual(
          bothSay('verified'),
        );
      }
    });

    it('does not accept an unsigned image', async () => {
      const { digest } = await push('shop/unsigned', '1.0.0');
      expect(await ask('shop/unsigned', { reference: digest })).toEqual(
        bothSay('unsigned', 'noSignature'),
      );
    });

    it('follows the rotation of a key', async () => {
      const repository = 'shop/rotated';
      const image = await push(repository, '1.0.0');
      const reference = image.digest;
      const both = [oldKey, newKey];
      await cosign.sign(newKey, nameOf(repository, image));
      expect(await ask(repository, { reference })).toEqual(
        bothSay('untrustedSigner', 'noMatchingKey'),
      );
      expect(await ask(repository, { reference, keys: [newKey] })).toEqual(
        bothSay('verified'),
      );
      expect(await ask(repository, { reference, keys: both })).toEqual(
        bothSay('verified'),
      );

      // What was signed before the rotation and again after it.
      await cosign.sign(oldKey, nameOf(repository, image));
      for (const keys of [[oldKey], [newKey], both]) {
        expect(await ask(repository, { reference, keys })).toEqual(
          bothSay('verified'),
        );
      }
    });

    it('does not let a tag that moved bring its signature along', async () => {
      const repository = 'shop/moved';
      const image = await push(repository, 'stable');
      await cosign.sign(oldKey, nameOf(repository, image));
      expect(await ask(repository, { reference: 'stable' })).toEqual(
        bothSay('verified'),
      );

      await registry.pushImage({ repository, tag: 'stable', word: 'later' });
      expect(await ask(repository, { reference: 'stable' })).toEqual(
        bothSay('unsigned', 'noSignature'),
      );
      expect(await ask(repository, { reference: image.digest })).toEqual(
        bothSay('verified'),
      );
    });

    it('refuses a damaged signature', async () => {
      const repository = 'shop/damaged';
      const subject = await push(repository, '1.0.0');
      await cosign.sign(oldKey, nameOf(repository, subject));
      const place = { registry, repository, subject };
      const bundle = await readAttachedBundle(place);
      // Put back as it is: what is refused below is refused for its signature.
      await attachBundle(place, bundle);
      expect(await ask(repository, { reference: subject.digest })).toEqual(
        bothSay('verified'),
      );

      const [signature] = bundle.dsseEnvelope.signatures;
      const bytes = Buffer.from(signature.sig, 'base64');
      bytes[bytes.length - 1] ^= 1;
      signature.sig = bytes.toString('base64');
      await attachBundle(place, bundle);
      expect(await ask(repository, { reference: subject.digest })).toEqual(
        bothSay('untrustedSigner', 'noMatchingKey'),
      );
    });

    it('refuses the signature of another image', async () => {
      const repository = 'shop/replayed';
      const signed = await push(repository, '1.0.0');
      await cosign.sign(oldKey, nameOf(repository, signed));
      const other = await push(repository, '1.0.1');
      const reference = other.digest;
      const place = { registry, repository, subject: other };

      // The list alone: what it lists says itself that it refers to another image.
      await copyIndex(place, signed);
      expect(await ask(repository, { reference })).toEqual(
        bothSay('invalid', 'subjectMismatch'),
      );

      const bundle = await readAttachedBundle({ ...place, subject: signed });
      await attachBundle(place, bundle);
      expect(await ask(repository, { reference })).toEqual(
        bothSay('invalid', 'payloadDigestMismatch'),
      );
    });

    it('reads the format of cosign 2 as the client does', async () => {
      const repository = 'shop/legacy';
      const subject = await push(repository, '1.0.0');
      await cosign.signOldFormat(oldKey, nameOf(repository, subject));
      expect(await ask(repository, { reference: subject.digest })).toEqual(
        bothSay('verified'),
      );
      expect(
        await ask(repository, { reference: subject.digest, keys: [newKey] }),
      ).toEqual(bothSay('untrustedSigner', 'noMatchingKey'));

      const other = await push(repository, '1.0.1');
      await copySigTag({ registry, repository, subject: other }, subject);
      expect(await ask(repository, { reference: other.digest })).toEqual(
        bothSay('invalid', 'payloadDigestMismatch'),
      );
    });

    // What we accept here the client accepts as well, but only when it is asked for the format.
    it.each<['sigTag' | 'referrers', string[]]>([
      ['sigTag', ['--new-bundle-format=false']],
      ['referrers', ['--new-bundle-format=false', '--experimental-oci11']],
    ])(
      'finds the format of cosign 2 in %s beside a bundle of somebody else',
      async (where, flags) => {
        const repository = `shop/beside-${where.toLowerCase()}`;
        const image = await push(repository, '1.0.0');
        const name = nameOf(repository, image);
        await cosign.signOldFormat(oldKey, name, where);
        await cosign.sign(newKey, name);
        expect(await ask(repository, { reference: image.digest })).toEqual({
          said: ['verified', undefined],
          accepted: false,
        });
        expect(await cosign.verify(oldKey, name, ...flags)).toBe(0);
        expect(await cosign.verify(newKey, name, ...flags)).not.toBe(0);
      },
    );

    it('is stricter than the client in one thing: an attestation is not a signature (L13)', async () => {
      const repository = 'shop/attested';
      const image = await push(repository, '1.0.0');
      await cosign.attest(oldKey, nameOf(repository, image));
      expect(await ask(repository, { reference: image.digest })).toEqual({
        said: ['unsigned', 'attestedOnly'],
        accepted: true,
      });

      await cosign.sign(oldKey, nameOf(repository, image));
      expect(await ask(repository, { reference: image.digest })).toEqual(
        bothSay('verified'),
      );
    });
  });
}
