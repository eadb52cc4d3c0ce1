import {
  createHash,
  createPublicKey,
  verify,
  X509Certificate,
} from 'node:crypto';
import { NotaryKey } from './NotaryKey';
import { NotaryServer } from './NotaryServer';
import { canonicalJson } from './canonicalJson';
import { TrustCollection } from './TrustCollection';
import { createRootKey } from './trustFiles';

const GUN = 'registry.example.test/shop/web';
const NOW = new Date('2026-11-24T00:00:00Z');
const DIGEST = `sha256:${'ab'.repeat(32)}`;

let server: NotaryServer;
let collection: TrustCollection;

beforeEach(async () => {
  server = await NotaryServer.start();
  collection = TrustCollection.create({ gun: GUN, now: NOW });
  collection.signTag('1.0.0', DIGEST, { sizeBytes: 7 });
  collection.publish(NOW);
  server.add(collection);
});

afterEach(() => server.stop());

const get = (file: string, gun = GUN) =>
  fetch(`${server.url}/v2/${gun}/_trust/tuf/${file}.json`);
const read = async (file: string) => (await get(file)).json();
const sha256 = (bytes: string | Buffer, encoding: 'hex' | 'base64') =>
  createHash('sha256').update(bytes).digest(encoding);

describe('NotaryServer', () => {
  it('serves the files of a collection by name, version and hash', async () => {
    for (const file of ['root', '1.root', 'targets', 'snapshot', 'timestamp']) {
      const bytes = Buffer.from(await (await get(file)).arrayBuffer());
      const role = file.replace('1.', '');
      const same = await get(`${role}.${sha256(bytes, 'hex')}`);
      expect(Buffer.from(await same.arrayBuffer()).equals(bytes)).toBe(true);
    }
  });

  it('greets who asks whether it is there as the real server does', async () => {
    const answer = await fetch(`${server.url}/v2/`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('{}');
  });

  it.each(['2.root', '0.root', 'targets/releases', `root.${'0'.repeat(64)}`])(
    'says that it has no %s as the real server does',
    async file => {
      const answer = await get(file);
      expect(answer.status).toBe(404);
      // Recorded from notary-server 0.7.0.
      expect(await answer.json()).toEqual({
        errors: [
          {
            code: 'METADATA_NOT_FOUND',
            message: 'You have requested metadata that does not exist.',
            detail: {},
          },
        ],
      });
    },
  );

  it('forgets a collection, replaces files and has faults', async () => {
    const takeBack = server.replaceFile(GUN, 'root', Buffer.from('other'));
    expect(await (await get('root')).text()).toBe('other');
    takeBack();
    const repair = server.addFault({ fault: { kind: 'status', status: 503 } });
    expect((await get('root')).status).toBe(503);
    repair();
    server.remove(GUN);
    expect((await get('root')).status).toBe(404);
    expect(server.requests).toHaveLength(3);
    server.clearRequests();
    expect(server.requests).toHaveLength(0);
  });

  it('gives files for a token of the collection only', async () => {
    const guarded = await NotaryServer.start({
      authentication: { kind: 'token' },
    });
    guarded.add(collection);
    const url = `${guarded.url}/v2/${GUN}/_trust/tuf/root.json`;
    const refused = await fetch(url);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain(
      `repository:${GUN}:pull`,
    );
    const tokenFor = async (gun: string) => {
      const scope = encodeURIComponent(`repository:${gun}:pull`);
      const answer = await fetch(`${guarded.url}/token?scope=${scope}`);
      return (await answer.json()).token;
    };
    const statusWith = async (token: string) =>
      (await fetch(url, { headers: { authorization: `Bearer ${token}` } }))
        .status;
    expect(await statusWith(await tokenFor(GUN))).toBe(200);
    expect(await statusWith(await tokenFor('other/web'))).toBe(401);
    await guarded.stop();
  });
});

describe('TrustCollection', () => {
  it('signs each file with the key the root gives its role', async () => {
    const root = await read('root');
    for (const role of ['root', 'targets', 'snapshot', 'timestamp']) {
      const { signed, signatures } = await read(role);
      const [keyid] = root.signed.roles[role].keyids;
      const key = root.signed.keys[keyid];
      expect(sha256(canonicalJson(key), 'hex')).toBe(keyid);
      const bytes = Buffer.from(key.keyval.public, 'base64');
      const publicKey =
        key.keytype === 'ecdsa-x509'
          ? new X509Certificate(bytes).publicKey
          : createPublicKey({
              key:
                key.keytype === 'ed25519'
                  ? Buffer.concat([
                      Buffer.from('302a300506032b6570032100', 'hex'),
                      bytes,
                    ])
                  : bytes,
              format: 'der',
              type: 'spki',
            });
      const isSigned = verify(
        key.keytype === 'ed25519' ? null : 'sha256',
        Buffer.from(canonicalJson(signed)),
        { key: publicKey, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signatures[0].sig, 'base64'),
      );
      expect([role, isSigned]).toEqual([role, true]);
    }
  });

  it('names the repository in the certificate of its root', () => {
    const { tufKey } = collection.keys.root;
    const certificate = new X509Certificate(
      Buffer.from(tufKey.keyval.public, 'base64'),
    );
    expect(certificate.subject).toBe(`CN=${GUN}`);
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  it('moves a tag, takes it back and raises the version each time', async () => {
    const other = `sha256:${'cd'.repeat(32)}`;
    collection.signTag('1.0.0', other);
    collection.publish(NOW);
    const moved = (await read('targets')).signed;
    expect(moved.version).toBe(2);
    expect(moved.targets['1.0.0'].hashes.sha256).toBe(
      Buffer.from('cd'.repeat(32), 'hex').toString('base64'),
    );
    collection.removeTag('1.0.0');
    collection.publish(NOW);
    expect((await read('targets')).signed).toMatchObject({
      version: 3,
      targets: {},
    });
    expect((await read('timestamp')).signed.version).toBe(3);
  });

  it('hands tags to a delegation with its own key', async () => {
    const key = NotaryKey.create({ type: 'rsa' });
    collection.delegate('targets/releases', { keys: [key], paths: ['2.'] });
    collection.signTag('2.0.0', DIGEST, { role: 'targets/releases' });
    collection.publish(NOW);
    const { signed, signatures } = await read('targets/releases');
    expect(signed).toMatchObject({ _type: 'Targets', version: 1 });
    expect(signatures).toMatchObject([{ keyid: key.id, method: 'rsapss' }]);
    expect((await read('targets')).signed.delegations.roles).toEqual([
      {
        name: 'targets/releases',
        keyids: [key.id],
        paths: ['2.'],
        threshold: 1,
      },
    ]);
    expect((await read('snapshot')).signed.meta).toHaveProperty([
      'targets/releases',
    ]);
  });

  it('signs a new root with the old key as well, and keeps the old one', async () => {
    const [before] = [collection.keys.root];
    const root = createRootKey(GUN, NOW);
    collection.rotate({ root });
    collection.publish(NOW);
    const { signed, signatures } = await read('root');
    expect(signed).toMatchObject({
      version: 2,
      roles: { root: { keyids: [root.id] } },
    });
    expect(signatures.map(({ keyid }: { keyid: string }) => keyid)).toEqual([
      root.id,
      before.id,
    ]);
    expect((await read('1.root')).signed.version).toBe(1);
  });

  it('refuses to sign in a role nobody delegated to', () => {
    expect(() =>
      collection.signTag('1', DIGEST, { role: 'targets/x' }),
    ).toThrow(`expected a role of "${GUN}", got "targets/x"`);
  });
});
