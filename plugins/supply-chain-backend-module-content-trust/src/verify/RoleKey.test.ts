import { generateKeyPairSync } from 'node:crypto';
import { NotaryKey, NotaryKeyType } from 'sandbox';
import { isSignedBy, keyIdOf, readRoleKey } from './RoleKey';

const bytes = Buffer.from('what is signed');
const TYPES: NotaryKeyType[] = ['ecdsa', 'rsa', 'ed25519'];
const keys = Object.fromEntries(
  TYPES.map(type => [type, NotaryKey.create({ type })]),
) as Record<NotaryKeyType, NotaryKey>;

const read = ({ id, tufKey }: NotaryKey) => readRoleKey(id, tufKey);
const asTyped = (key: NotaryKey, keytype: string) =>
  readRoleKey(key.id, { ...key.tufKey, keytype });
const withPublic = (keytype: string, content: Buffer | string) =>
  readRoleKey('id', {
    keytype,
    keyval: {
      public:
        typeof content === 'string' ? content : content.toString('base64'),
    },
  });

describe('a key', () => {
  it('has the id its publisher gave it, whatever its private half says', () => {
    for (const key of Object.values(keys)) {
      expect(keyIdOf(key.tufKey)).toBe(key.id);
      const keyval = { ...key.tufKey.keyval, private: 'x' };
      expect(keyIdOf({ ...key.tufKey, keyval })).toBe(key.id);
    }
  });

  it.each([
    ['its type is not known', asTyped(keys.ecdsa, 'ecdsa-sha2-nistp256')],
    [
      'its type is that of a method of objects',
      asTyped(keys.ecdsa, 'toString'),
    ],
    ['its type has more parts', asTyped(keys.ecdsa, 'ecdsa-x509-x')],
    ['its type has another form', asTyped(keys.ecdsa, 'ecdsa-pem')],
    ['it is of another kind than it says', asTyped(keys.ecdsa, 'rsa')],
    [
      'it holds a bare key where a certificate belongs',
      asTyped(keys.ecdsa, 'ecdsa-x509'),
    ],
    ['an Ed25519 key has a certificate', asTyped(keys.ed25519, 'ed25519-x509')],
    [
      'an Ed25519 key is a byte too long',
      withPublic('ed25519', Buffer.alloc(33)),
    ],
    ['it is empty', withPublic('ecdsa', '')],
    [
      'its base64 has another spelling',
      withPublic('ecdsa', `${keys.ecdsa.tufKey.keyval.public}\n`),
    ],
    [
      'its RSA is below 2048 bits',
      read(NotaryKey.create({ type: 'rsa', rsaBits: 1024 })),
    ],
    [
      'its curve is small',
      read(
        NotaryKey.create(
          generateKeyPairSync('ec', { namedCurve: 'secp224r1' }),
        ),
      ),
    ],
    [
      'its curve is none of NIST',
      read(
        NotaryKey.create(
          generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
        ),
      ),
    ],
  ])('cannot be used when %s', (_condition, key) => {
    expect(key).toBeUndefined();
  });

  it('is read for each curve Notary can sign with', () => {
    for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
      const key = NotaryKey.create(generateKeyPairSync('ec', { namedCurve }));
      const signature = key.sign(bytes);
      expect(isSignedBy(read(key)!, signature, bytes)).toBe(true);
    }
  });

  it('with more certificates than are looked at cannot be used', () => {
    const certificate = {
      commonName: 'x',
      notBefore: new Date(0),
      notAfter: new Date(0),
    };
    const single = NotaryKey.create({ type: 'ecdsa-x509', certificate });
    const pem = Buffer.from(single.tufKey.keyval.public, 'base64').toString();
    expect(withPublic('ecdsa-x509', Buffer.from(pem.repeat(8)))).toBeDefined();
    expect(
      withPublic('ecdsa-x509', Buffer.from(pem.repeat(9))),
    ).toBeUndefined();
  });
});

describe('a signature', () => {
  const METHODS = ['ecdsa', 'rsapss', 'rsapkcs1v15', 'eddsa'];
  const fitting: Record<string, string[]> = {
    ecdsa: ['ecdsa'],
    rsa: ['rsapss', 'rsapkcs1v15'],
    ed25519: ['eddsa'],
  };

  it.each(TYPES)(
    'is verified by the methods of its key type only: %s',
    type => {
      const key = keys[type];
      for (const made of fitting[type]) {
        const signature = key.sign(bytes, made);
        const verified = [
          ...METHODS,
          'pycrypto-pkcs#1 pss',
          'toString',
          '',
        ].filter(method =>
          isSignedBy(read(key)!, { ...signature, method }, bytes),
        );
        expect(verified).toEqual([made]);
      }
    },
  );

  it('over other bytes is not verified', () => {
    for (const key of Object.values(keys)) {
      expect(isSignedBy(read(key)!, key.sign(bytes), Buffer.from('x'))).toBe(
        false,
      );
    }
  });

  it.each(['', 'AAAA', 'no base64', 'A'.repeat(4000)])(
    'of a wrong form is not verified: %s',
    sig => {
      for (const key of Object.values(keys)) {
        const { method } = key;
        expect(
          isSignedBy(read(key)!, { keyid: key.id, method, sig }, bytes),
        ).toBe(false);
      }
    },
  );
});
