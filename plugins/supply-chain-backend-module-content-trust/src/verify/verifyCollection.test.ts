import { X509Certificate } from 'node:crypto';
import {
  createNotaryAuthority,
  createRootKey,
  describeFile,
  NotaryAuthority,
  NotaryKey,
  PublishOverrides,
  signFile,
} from 'sandbox';
import { reasonOf, tagsOf } from '../__testUtils__/driveCollection';
import { digestOf, GUN, MintedTrust, NOW } from '../__testUtils__/MintedTrust';

const DAY_MS = 24 * 60 * 60 * 1000;
const firstUse = { type: 'firstUse' as const, mayBegin: true };
const remembered = { type: 'firstUse' as const, mayBegin: false };

/** The reason for which trust data published with these overrides is refused. */
function reasonWhen(overrides: PublishOverrides): string {
  return reasonOf(new MintedTrust().publish(overrides).verify());
}

describe('trust data as an honest publisher makes it', () => {
  it.each(['ecdsa', 'ecdsa-x509', 'rsa', 'rsa-x509', 'ed25519'] as const)(
    'is accepted with keys of type %s',
    type => {
      const certificate = type.endsWith('x509')
        ? { commonName: 'any', notBefore: NOW, notAfter: NOW }
        : undefined;
      const key = NotaryKey.create({ type, certificate });
      const trust = new MintedTrust({
        keys: { targets: key, snapshot: key, timestamp: key },
      });
      expect(tagsOf(trust.publish().verify())).toEqual([
        `targets 1.0.0 ${digestOf('one')}`,
      ]);
    },
  );

  it('is accepted when an RSA key signs by PKCS #1 v1.5', () => {
    const key = NotaryKey.create({ type: 'rsa' });
    jest.spyOn(key, 'method', 'get').mockReturnValue('rsapkcs1v15');
    const trust = new MintedTrust({ keys: { targets: key } }).publish();
    expect(reasonOf(trust.verify())).toBe('accepted');
  });

  it('is absent when the server has no root', () => {
    expect(new MintedTrust().verify()).toEqual({ outcome: 'absent' });
  });

  it('gives the same answer and the same memory twice', () => {
    const trust = new MintedTrust().publish();
    expect(JSON.stringify(trust.verify())).toBe(JSON.stringify(trust.verify()));
  });

  it('asks for each file by the hash another states', () => {
    const asked: [string, string | undefined][] = [];
    const trust = new MintedTrust().publish();
    trust.verify({}, (name, sha256) => {
      asked.push([name, sha256 && sha256.slice(0, 0)]);
      return trust.collection.file(sha256 ? `${name}.${sha256}` : name);
    });
    expect(asked).toEqual([
      ['root', undefined],
      ['timestamp', undefined],
      ['snapshot', ''],
      ['targets', ''],
    ]);
  });
});

describe('case 63: a threshold', () => {
  const [one, two] = [NotaryKey.create(), NotaryKey.create()];
  const both = [one.id, two.id];
  const wantTwo = (signers: NotaryKey[]): PublishOverrides => ({
    alter: {
      root: signed => {
        signed.keys[one.id] = one.tufKey;
        signed.keys[two.id] = two.tufKey;
        signed.roles.targets = { keyids: both, threshold: 2 };
      },
    },
    signers: { targets: signers },
  });

  it('is met by two keys', () => {
    expect(reasonWhen(wantTwo([one, two]))).toBe('accepted');
  });

  it('is not met by one key that signs twice', () => {
    expect(reasonWhen(wantTwo([one, one]))).toBe('trustDataSignatureInvalid');
  });

  it('is not met by one key under two ids', () => {
    const { privateKey, publicKey } = one;
    const twin = NotaryKey.create({
      type: 'ecdsa-x509',
      privateKey,
      publicKey,
      certificate: { commonName: 'any', notBefore: NOW, notAfter: NOW },
    });
    const overrides: PublishOverrides = {
      alter: {
        root: signed => {
          signed.keys[one.id] = one.tufKey;
          signed.keys[twin.id] = twin.tufKey;
          signed.roles.targets = { keyids: [one.id, twin.id], threshold: 2 };
        },
      },
      signers: { targets: [one, twin] },
    };
    expect(twin.id).not.toBe(one.id);
    expect(reasonWhen(overrides)).toBe('trustDataSignatureInvalid');
  });

  it('is not met by a key id that stands twice in the role', () => {
    const overrides = wantTwo([one]);
    overrides.alter!.root = signed => {
      signed.keys[one.id] = one.tufKey;
      signed.roles.targets = { keyids: [one.id, one.id], threshold: 2 };
    };
    expect(reasonWhen(overrides)).toBe('trustDataSignatureInvalid');
  });
});

describe('case 64: a threshold of none', () => {
  it.each([0, -1, 0.5, null])('is malformed: %s', threshold => {
    const alter = (signed: any) => {
      signed.roles.targets.threshold = threshold;
    };
    expect(reasonWhen({ alter: { root: alter } })).toBe('trustDataMalformed');
  });

  it('is malformed in a delegation too', () => {
    const trust = new MintedTrust();
    trust.delegate('targets/releases', '1.0.0', 'one');
    trust.publish({
      alter: {
        targets: signed => {
          signed.delegations.roles[0].threshold = 0;
        },
      },
    });
    expect(reasonOf(trust.verify())).toBe('trustDataMalformed');
  });
});

describe('case 65: a refusal', () => {
  it('leaves nothing to be remembered', () => {
    const trust = new MintedTrust().publish();
    const result = trust.verify({ now: new Date(NOW.getTime() + 15 * DAY_MS) });
    expect(reasonOf(result)).toBe('trustDataExpired');
    expect(result).not.toHaveProperty('state');
  });
});

describe('case 66: rollback', () => {
  it.each(['root', 'timestamp', 'snapshot', 'targets', 'targets/releases'])(
    'is refused for %s',
    role => {
      const trust = new MintedTrust();
      trust.delegate('targets/releases', '1.0.0', 'one');
      const state = JSON.parse(trust.publish().remember());
      state.versions[role] = 7;
      expect(reasonOf(trust.verify({ previous: JSON.stringify(state) }))).toBe(
        'trustDataRolledBack',
      );
    },
  );

  it('is no rollback when nothing changed, or when versions rise', () => {
    const trust = new MintedTrust().publish();
    const previous = trust.remember();
    expect(trust.remember({ previous })).toBe(previous);
    trust.collection.signTag('1.0.1', digestOf('two'));
    expect(reasonOf(trust.publish().verify({ previous }))).toBe('accepted');
  });

  it('is refused for a delegation that was hidden meanwhile', () => {
    const trust = new MintedTrust();
    trust.delegate('targets/releases', '1.0.0', 'one');
    trust.publish();
    const old = trust.collection.file('targets/releases');
    trust.collection.signTag('1.0.0', digestOf('two'), {
      role: 'targets/releases',
    });
    const seen = trust.publish().remember();
    const hide = (signed: any) => delete signed.meta['targets/releases'];
    const previous = trust
      .publish({ alter: { snapshot: hide } })
      .remember({ previous: seen });
    const bringBack = (signed: any) => {
      signed.meta['targets/releases'] = describeFile(old!);
    };
    trust.publish({ alter: { snapshot: bringBack } });
    const result = trust.verify({ previous }, name =>
      name === 'targets/releases' ? old : trust.collection.file(name),
    );
    expect(reasonOf(result)).toBe('trustDataRolledBack');
  });

  it('forgets a delegation that its parent took back', () => {
    const trust = new MintedTrust();
    trust.delegate('targets/alice', '1.0.0', 'one');
    const seen = trust.publish().remember();
    expect(JSON.parse(seen).versions).toHaveProperty('targets/alice');
    const takeBack = (signed: any) => {
      signed.delegations.roles = [];
    };
    trust.collection.signTag('1.0.1', digestOf('two'));
    trust.publish({ alter: { targets: takeBack } });
    const state = JSON.parse(trust.remember({ previous: seen }));
    expect(state.versions).not.toHaveProperty('targets/alice');
  });
});

describe('case 67: freeze', () => {
  it.each(['root', 'timestamp', 'snapshot', 'targets'])(
    'is refused when %s is past its date',
    role => {
      const alter = (signed: any) => {
        signed.expires = NOW.toISOString();
      };
      expect(reasonWhen({ alter: { [role]: alter } })).toBe('trustDataExpired');
    },
  );

  it('leaves out a delegation past its date, and says so', () => {
    const trust = new MintedTrust();
    trust.delegate('targets/releases', '1.0.0', 'two');
    const alter = (signed: any) => {
      signed.expires = NOW.toISOString();
    };
    const result = trust
      .publish({ alter: { 'targets/releases': alter } })
      .verify();
    expect(tagsOf(result)).toEqual([`targets 1.0.0 ${digestOf('one')}`]);
    expect(result).toMatchObject({
      collection: {
        notes: [
          expect.stringMatching(/^targets\/releases is left out: .*expired/),
        ],
      },
    });
  });
});

describe('case 68: files that do not belong together', () => {
  it.each(['snapshot', 'targets', 'root'])('are refused: %s', role => {
    const trust = new MintedTrust().publish();
    const old = trust.snapshotOfFiles();
    if (role === 'root') {
      trust.collection.rotate({ targets: NotaryKey.create() });
    }
    trust.collection.signTag('1.0.1', digestOf('two'));
    trust.publish();
    const result = trust.verify({}, name =>
      name === role ? old(name) : trust.collection.file(name),
    );
    expect(reasonOf(result)).toBe('trustDataMixed');
  });

  it.each([
    [
      'a hash is wrong',
      (meta: any) => {
        meta.hashes.sha512 = meta.hashes.sha256;
      },
    ],
    [
      'the length is wrong',
      (meta: any) => {
        meta.length += 1;
      },
    ],
    [
      'there is no hash we know',
      (meta: any) => {
        meta.hashes = { md5: 'x' };
      },
    ],
  ])('are refused when %s', (_condition, change) => {
    const alter = (signed: any) => change(signed.meta.targets);
    expect(reasonWhen({ alter: { snapshot: alter } })).toBe('trustDataMixed');
  });

  it('are refused when a delegation has another hash than the snapshot states', () => {
    const trust = new MintedTrust();
    trust.delegate('targets/releases', '1.0.0', 'one');
    trust.publish();
    const old = trust.collection.file('targets/releases');
    trust.collection.signTag('1.0.0', digestOf('two'), {
      role: 'targets/releases',
    });
    trust.publish();
    const result = trust.verify({}, name =>
      name === 'targets/releases' ? old : trust.collection.file(name),
    );
    expect(reasonOf(result)).toBe('trustDataMixed');
  });
});

describe('case 69: the rotation of the root', () => {
  it('is followed over several versions', () => {
    const trust = new MintedTrust().publish();
    const previous = trust.remember();
    for (let count = 0; count < 3; count += 1) {
      trust.collection.rotate({ root: createRootKey(GUN, NOW) });
      trust.publish();
    }
    const result = trust.verify({ previous, trust: remembered });
    expect(result).toMatchObject({ collection: { versions: { root: 4 } } });
  });

  it('is refused when a version in between is missing', () => {
    const trust = new MintedTrust().publish();
    const previous = trust.remember();
    for (let count = 0; count < 2; count += 1) {
      trust.collection.rotate({ root: createRootKey(GUN, NOW) });
      trust.publish();
    }
    const result = trust.verify({ previous, trust: remembered }, name =>
      name === '2.root' ? undefined : trust.collection.file(name),
    );
    expect(reasonOf(result)).toBe('trustDataIncomplete');
  });

  it.each([
    ['the version in between is another', '2.root', 'root'],
    ['the version in between is the old one', '2.root', '1.root'],
  ])('is refused when %s', (_condition, name, served) => {
    const trust = new MintedTrust().publish();
    const previous = trust.remember();
    for (let count = 0; count < 2; count += 1) {
      trust.collection.rotate({ root: createRootKey(GUN, NOW) });
      trust.publish();
    }
    const result = trust.verify({ previous, trust: remembered }, file =>
      trust.collection.file(file === name ? served : file),
    );
    expect(reasonOf(result)).toBe('rootRotationInvalid');
  });

  it.each([
    ['the old key did not sign', 1],
    ['the new key did not sign', 0],
  ])('is refused when %s', (_condition, signer) => {
    const trust = new MintedTrust().publish();
    const previous = trust.remember();
    const keys = [trust.collection.keys.root, createRootKey(GUN, NOW)];
    trust.collection.rotate({ root: keys[1] });
    trust.publish({ signers: { root: [keys[signer]] } });
    expect(reasonOf(trust.verify({ previous, trust: remembered }))).toBe(
      'rootRotationInvalid',
    );
  });

  it('is refused when the same version has another content', () => {
    const trust = new MintedTrust().publish();
    const previous = trust.remember();
    const other = new MintedTrust({
      keys: { root: trust.collection.keys.root },
    });
    expect(reasonOf(other.publish().verify({ previous }))).toBe(
      'rootRotationInvalid',
    );
  });

  it('is refused when more roots lie between than are read', () => {
    const trust = new MintedTrust().publish();
    const previous = trust.remember();
    trust.collection.rotate({ root: createRootKey(GUN, NOW) });
    const alter = (signed: any) => {
      signed.version = 66;
    };
    trust.publish({ alter: { root: alter } });
    expect(reasonOf(trust.verify({ previous, trust: remembered }))).toBe(
      'tooManyCandidates',
    );
  });
});

describe('case 70: a key id', () => {
  it.each(['root', 'targets', 'snapshot', 'timestamp'])(
    'that is not the hash of its key is refused: %s',
    role => {
      const alter = (signed: any) => {
        const id = 'ab'.repeat(32);
        const [own] = signed.roles[role].keyids;
        signed.keys[id] = signed.keys[own];
        signed.roles[role].keyids.push(id);
      };
      expect(reasonWhen({ alter: { root: alter } })).toBe(
        'trustDataKeyInvalid',
      );
    },
  );

  it('that has no key does not count', () => {
    const alter = (signed: any) => {
      signed.roles.targets = {
        keyids: ['toString', '__proto__'],
        threshold: 1,
      };
    };
    expect(reasonWhen({ alter: { root: alter } })).toBe('trustDataKeyInvalid');
  });
});

describe('case 71: a delegation', () => {
  function delegated(change: (role: any) => void): string {
    const trust = new MintedTrust();
    trust.delegate('targets/releases', '2.0.0', 'two');
    const alter = (signed: any) => change(signed.delegations.roles[0]);
    return reasonOf(trust.publish({ alter: { targets: alter } }).verify());
  }

  it.each([
    'targets',
    'root',
    'targets/a/b',
    'other/releases',
    'targets/',
    'targets//a',
    'targets/../root',
    'targets/A',
    'targets/a?x',
  ])('that is no direct child of its parent is refused: %s', name => {
    expect(
      delegated(role => {
        role.name = name;
      }),
    ).toBe('trustDataMalformed');
  });

  it('that stands twice is refused', () => {
    const trust = new MintedTrust();
    trust.delegate('targets/releases', '2.0.0', 'two');
    const alter = (signed: any) => {
      signed.delegations.roles.push(signed.delegations.roles[0]);
    };
    expect(
      reasonOf(trust.publish({ alter: { targets: alter } }).verify()),
    ).toBe('trustDataMalformed');
  });

  it.each([
    ['an empty prefix', [''], ['2.0.0']],
    ['its own prefix', ['2.'], ['2.0.0']],
    ['another prefix', ['1.'], []],
    ['no prefix', [], []],
    ['nothing said', null, []],
  ])('signs tags within its paths only: %s', (_condition, paths, expected) => {
    const trust = new MintedTrust();
    trust.delegate('targets/releases', '2.0.0', 'two');
    const alter = (signed: any) => {
      signed.delegations.roles[0].paths = paths;
    };
    const tags = tagsOf(trust.publish({ alter: { targets: alter } }).verify());
    expect(tags.slice(1).map(tag => tag.split(' ')[1])).toEqual(expected);
  });

  it('of a delegation stays within the paths of both', () => {
    const trust = new MintedTrust();
    const [outer, inner] = [NotaryKey.create(), NotaryKey.create()];
    trust.collection.delegate('targets/a', { keys: [outer], paths: ['1.'] });
    trust.collection.delegate('targets/a/b', {
      keys: [inner],
      paths: ['1.2', '2.'],
    });
    for (const tag of ['1.1', '1.2', '2.0']) {
      trust.collection.signTag(tag, digestOf(tag), { role: 'targets/a/b' });
    }
    expect(tagsOf(trust.publish().verify()).slice(1)).toEqual([
      `targets/a/b 1.2 ${digestOf('1.2')}`,
    ]);
  });

  it('cannot sign targets with its key', () => {
    const trust = new MintedTrust();
    const key = trust.delegate('targets/releases', '2.0.0', 'two');
    expect(
      reasonOf(trust.publish({ signers: { targets: [key] } }).verify()),
    ).toBe('trustDataSignatureInvalid');
  });

  it('that others signed is left out, and targets stands', () => {
    const trust = new MintedTrust();
    trust.delegate('targets/releases', '2.0.0', 'two');
    const result = trust
      .publish({
        signers: { 'targets/releases': [trust.collection.keys.targets] },
      })
      .verify();
    expect(tagsOf(result)).toEqual([`targets 1.0.0 ${digestOf('one')}`]);
    expect(result).toMatchObject({
      collection: { notes: [expect.stringContaining('targets/releases')] },
    });
  });

  it('that is listed and not there makes the data incomplete', () => {
    const trust = new MintedTrust();
    trust.delegate('targets/releases', '2.0.0', 'two');
    trust.publish();
    const result = trust.verify({}, name =>
      name === 'targets/releases' ? undefined : trust.collection.file(name),
    );
    expect(reasonOf(result)).toBe('trustDataIncomplete');
  });
});

describe('case 72: the certificate of the root', () => {
  const certificateOf = (commonName: string, more: object = {}) =>
    NotaryKey.create({
      type: 'ecdsa-x509',
      certificate: {
        commonName,
        notBefore: new Date(NOW.getTime() - DAY_MS),
        notAfter: new Date(NOW.getTime() + DAY_MS),
        ...more,
      },
    });
  const withRoot = (root: NotaryKey, trust: any = undefined) =>
    reasonOf(
      new MintedTrust({ keys: { root } }).publish().verify(trust && { trust }),
    );

  it.each([
    [GUN, 'accepted'],
    ['registry.example.test/shop/*', 'accepted'],
    ['registry.example.test/*', 'accepted'],
    ['registry.example.test/shop/other', 'rootCertificateUnsuitable'],
    ['registry.example.test/sho*', 'rootCertificateUnsuitable'],
    ['registry.example.test/shop/we*', 'rootCertificateUnsuitable'],
    ['registry.example.test/shop', 'rootCertificateUnsuitable'],
    ['*', 'rootCertificateUnsuitable'],
    ['', 'rootCertificateUnsuitable'],
    [`${GUN}\nCN=x`, 'rootCertificateUnsuitable'],
  ])('named %j is %s', (commonName, reason) => {
    expect(withRoot(certificateOf(commonName))).toBe(reason);
    expect(withRoot(certificateOf(commonName), firstUse)).toBe(reason);
  });

  it('is needed: a bare root key is refused', () => {
    expect(withRoot(NotaryKey.create())).toBe('rootCertificateUnsuitable');
  });

  it('must be valid now', () => {
    const day = (count: number) => new Date(NOW.getTime() + count * DAY_MS);
    const from = (notBefore: Date, notAfter: Date) =>
      withRoot(certificateOf(GUN, { notBefore, notAfter }));
    expect(from(day(-9), day(-1))).toBe('trustDataExpired');
    expect(from(day(2), day(9))).toBe('trustDataExpired');
    expect(from(day(0.5), day(9))).toBe('accepted');
  });

  it('of an RSA key below 2048 bits is refused', () => {
    const weak = NotaryKey.create({
      type: 'rsa-x509',
      rsaBits: 1024,
      certificate: {
        commonName: GUN,
        notBefore: NOW,
        notAfter: new Date(NOW.getTime() + DAY_MS),
      },
    });
    expect(withRoot(weak)).toBe('rootCertificateUnsuitable');
  });
});

describe('a pinned certificate authority', () => {
  const day = (count: number) => new Date(NOW.getTime() + count * DAY_MS);
  const authority = (notAfter = day(9)) =>
    createNotaryAuthority({
      commonName: 'Acme CA',
      notBefore: day(-9),
      notAfter,
    });
  const pinOf = (...pems: string[]) => ({
    type: 'certificateAuthority' as const,
    authorities: pems.map(pem => new X509Certificate(pem)),
  });
  const rootOf = (issuer: NotaryAuthority | undefined, more: object = {}) =>
    NotaryKey.create({
      type: 'ecdsa-x509',
      certificate: {
        commonName: GUN,
        notBefore: day(-1),
        notAfter: day(5),
        issuer,
        ...more,
      },
    });
  const verify = (root: NotaryKey, ...pems: string[]) =>
    reasonOf(
      new MintedTrust({ keys: { root } })
        .publish()
        .verify({ trust: pinOf(...pems) }),
    );

  it('accepts a root key it issued the certificate of, among others', () => {
    const own = authority();
    expect(verify(rootOf(own), authority().certificate, own.certificate)).toBe(
      'accepted',
    );
  });

  it('does not accept one of another authority of the same name, or of none', () => {
    expect(verify(rootOf(authority()), authority().certificate)).toBe(
      'rootNotPinned',
    );
    expect(verify(rootOf(undefined), authority().certificate)).toBe(
      'rootNotPinned',
    );
  });

  it('does not accept one once it is past its own date', () => {
    const own = authority(day(-1));
    expect(verify(rootOf(own), own.certificate)).toBe('rootNotPinned');
  });

  it('accepts one by way of an intermediate that comes with the key', () => {
    const own = authority();
    const between = createNotaryAuthority({
      commonName: 'Between',
      notBefore: day(-9),
      notAfter: day(9),
      issuer: own,
    });
    const root = rootOf(between, { chain: [between.certificate] });
    expect(verify(root, own.certificate)).toBe('accepted');
    expect(verify(root, authority().certificate)).toBe('rootNotPinned');
    expect(verify(rootOf(between), own.certificate)).toBe('rootNotPinned');
  });

  it('that allows no authority below it accepts none', () => {
    const own = createNotaryAuthority({
      commonName: 'Acme CA',
      notBefore: day(-9),
      notAfter: day(9),
      pathLength: 0,
    });
    const between = createNotaryAuthority({
      commonName: 'Between',
      notBefore: day(-9),
      notAfter: day(9),
      issuer: own,
    });
    expect(verify(rootOf(own), own.certificate)).toBe('accepted');
    expect(
      verify(
        rootOf(between, { chain: [between.certificate] }),
        own.certificate,
      ),
    ).toBe('rootNotPinned');
  });

  it('does not accept one for another usage', () => {
    const own = authority();
    const withUsage = (usage: string) =>
      verify(rootOf(own, { extendedKeyUsage: usage }), own.certificate);
    expect(withUsage('1.3.6.1.5.5.7.3.1')).toBe('accepted');
    expect(withUsage('1.3.6.1.5.5.7.3.3')).toBe('rootNotPinned');
  });

  it('does not accept a key whose leaf is an authority, or that has two leaves', () => {
    const own = authority();
    expect(verify(rootOf(own, { isAuthority: true }), own.certificate)).toBe(
      'rootCertificateUnsuitable',
    );
    const leaf = Buffer.from(
      rootOf(own).tufKey.keyval.public,
      'base64',
    ).toString();
    expect(verify(rootOf(own, { chain: [leaf] }), own.certificate)).toBe(
      'rootCertificateUnsuitable',
    );
  });

  it('is the base of what is remembered as long as it issued that too', () => {
    const own = authority();
    const trust = new MintedTrust({ keys: { root: rootOf(own) } }).publish();
    const previous = trust.remember({ trust: pinOf(own.certificate) });
    expect(
      trust.verify({ previous, trust: pinOf(own.certificate) }),
    ).toMatchObject({
      collection: { rollbackProtected: true, pinned: 'certificateAuthority' },
    });
  });
});

describe('case 73: trust on first use', () => {
  it('remembers the root and when it was seen', () => {
    const trust = new MintedTrust().publish();
    const previous = trust.remember({ trust: firstUse });
    const later = new Date(NOW.getTime() + DAY_MS);
    expect(
      trust.verify({ previous, trust: firstUse, now: later }),
    ).toMatchObject({
      collection: { pinned: 'firstUse', since: NOW, rollbackProtected: true },
    });
  });

  it('never trusts a second root that does not follow from the first', () => {
    const previous = new MintedTrust().publish().remember({ trust: firstUse });
    const other = new MintedTrust().publish();
    expect(reasonOf(other.verify({ previous, trust: firstUse }))).toBe(
      'rootRotationInvalid',
    );
  });

  it('keeps to the root that was pinned after the pin is gone', () => {
    const previous = new MintedTrust().publish().remember();
    const other = new MintedTrust().publish();
    expect(reasonOf(other.verify({ previous, trust: firstUse }))).toBe(
      'rootRotationInvalid',
    );
  });

  it('yields to a pin that says otherwise', () => {
    const previous = new MintedTrust().publish().remember({ trust: firstUse });
    const pinned = new MintedTrust().publish();
    expect(pinned.verify({ previous })).toMatchObject({
      outcome: 'accepted',
      collection: { rollbackProtected: false },
    });
  });

  it('is impossible where nothing can be remembered', () => {
    expect(
      reasonOf(new MintedTrust().publish().verify({ trust: remembered })),
    ).toBe('noPin');
  });

  it.each([
    '',
    '{}',
    'null',
    '{"format":1,"format":1}',
    '{"format":1,"since":"2026-11-24T00:00:00.000Z","root":"{}","versions":{}}',
  ])('does not start anew when the memory cannot be read: %s', previous => {
    const trust = new MintedTrust().publish();
    expect(reasonOf(trust.verify({ previous, trust: firstUse }))).toBe(
      'trustStateUnreadable',
    );
    expect(reasonOf(trust.verify({ previous }))).toBe('trustStateUnreadable');
  });

  it('does not take a root for remembered that has no key of its own', () => {
    const trust = new MintedTrust().publish();
    const state = JSON.parse(trust.remember());
    const { signed } = JSON.parse(state.root);
    signed.roles.root.keyids = [];
    state.root = signFile(signed, []).toString();
    expect(reasonOf(trust.verify({ previous: JSON.stringify(state) }))).toBe(
      'trustStateUnreadable',
    );
  });
});

describe('a file that cannot be read', () => {
  const roles = ['root', 'timestamp', 'snapshot', 'targets'];

  it.each(roles)('is malformed: %s', role => {
    const trust = new MintedTrust().publish();
    for (const bytes of [
      '',
      'null',
      '[]',
      '{}',
      '{"signed":{},"signatures":[]}',
      '\uFEFF{}',
    ]) {
      const served = Buffer.from(bytes);
      const reason = reasonOf(
        trust.verify({}, name =>
          name === role ? served : trust.collection.file(name),
        ),
      );
      // What is described by another file is compared with it first.
      expect(reason).toBe(
        ['root', 'timestamp'].includes(role)
          ? 'trustDataMalformed'
          : 'trustDataMixed',
      );
    }
  });

  it.each([
    [
      'its type is that of another role',
      (signed: any) => {
        signed._type = 'Targets';
      },
    ],
    [
      'its version is none',
      (signed: any) => {
        signed.version = 0;
      },
    ],
    [
      'its version is a fraction',
      (signed: any) => {
        signed.version = 1.5;
      },
    ],
    [
      'its date is none',
      (signed: any) => {
        signed.expires = 'soon';
      },
    ],
    [
      'its date has no zone',
      (signed: any) => {
        signed.expires = '2030-01-01T00:00:00';
      },
    ],
    [
      'its date does not exist',
      (signed: any) => {
        signed.expires = '2030-13-01T00:00:00Z';
      },
    ],
  ])('is malformed when %s', (_condition, alter) => {
    expect(reasonWhen({ alter: { timestamp: alter } })).toBe(
      'trustDataMalformed',
    );
    expect(reasonWhen({ alter: { snapshot: alter } })).toBe(
      'trustDataMalformed',
    );
  });

  it('is malformed when a text in it is half a character', () => {
    expect(
      reasonWhen({
        alter: {
          timestamp: signed => {
            signed.note = '\ud800';
          },
        },
      }),
    ).toBe('trustDataMalformed');
  });

  it('is malformed when a number in it is no whole one', () => {
    expect(
      reasonWhen({
        alter: {
          timestamp: signed => {
            signed.note = 0.5;
          },
        },
      }),
    ).toBe('trustDataMalformed');
  });

  it('is malformed when it has more signatures than are checked', () => {
    const key = NotaryKey.create();
    expect(reasonWhen({ signers: { timestamp: Array(65).fill(key) } })).toBe(
      'trustDataMalformed',
    );
  });

  it.each(['timestamp', 'snapshot', 'targets'])(
    'makes the data incomplete when it is missing: %s',
    role => {
      const trust = new MintedTrust().publish();
      const result = trust.verify({}, name =>
        name === role ? undefined : trust.collection.file(name),
      );
      expect(reasonOf(result)).toBe('trustDataIncomplete');
    },
  );

  it('is not read when it is larger than allowed', () => {
    const alter = (signed: any) => {
      signed.meta.targets.length = 5 * 1024 * 1024;
    };
    expect(reasonWhen({ alter: { snapshot: alter } })).toBe('tooLarge');
    const served = Buffer.alloc(1024 * 1024 + 1, 0x20);
    expect(reasonOf(new MintedTrust().publish().verify({}, () => served))).toBe(
      'trustDataMalformed',
    );
  });

  it('is malformed when it has more elements than are read', () => {
    const served = Buffer.from(`{"signed":{"x":[${'1,'.repeat(400_001)}1]}}`);
    const trust = new MintedTrust().publish();
    expect(reasonOf(trust.verify({}, () => served))).toBe('trustDataMalformed');
  });

  it('is not read when there are more delegations than are read', () => {
    const trust = new MintedTrust();
    for (const outer of ['a', 'b', 'c']) {
      trust.delegate(`targets/${outer}`, '1', 'one');
      for (let count = 0; count < 30; count += 1) {
        trust.delegate(`targets/${outer}/${count}`, '1', 'one');
      }
    }
    expect(reasonOf(trust.publish().verify())).toBe('tooManyCandidates');
  });

  it('leaves out what is no tag and what has no SHA-256', () => {
    const trust = new MintedTrust().publish({
      alter: {
        targets: signed => {
          const [target] = Object.values(signed.targets);
          Object.assign(signed.targets, {
            '../x': target,
            '': target,
            '-x': target,
            a: null,
            b: { hashes: { sha512: 'x' } },
            c: { hashes: { sha256: 'AAAA' } },
            d: { hashes: { sha256: 7 } },
            e: 7,
            f: target,
          });
        },
      },
    });
    expect(tagsOf(trust.verify()).map(tag => tag.split(' ')[1])).toEqual([
      '1.0.0',
      'f',
    ]);
  });
});
