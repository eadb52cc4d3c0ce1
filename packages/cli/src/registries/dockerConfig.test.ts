import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDockerConfig } from './dockerConfig';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'docker-'));
  await mkdir(join(home, '.docker'));
});

afterEach(async () => {
  await rm(home, { recursive: true });
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

async function read(content?: object | string) {
  if (content !== undefined) {
    await writeFile(
      join(home, '.docker/config.json'),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }
  return readDockerConfig({ environment: {}, homeDirectory: home });
}

describe('readDockerConfig', () => {
  it('knows nobody without a file', async () => {
    expect(await read()).toMatchObject({ entries: [], notRead: new Map() });
  });

  it('prefers the folder DOCKER_CONFIG names', async () => {
    await read({ auths: { 'a.example': { auth: base64('home:x') } } });
    await writeFile(
      join(home, 'config.json'),
      JSON.stringify({ auths: { 'b.example': { auth: base64('other:x') } } }),
    );
    const { entries } = await readDockerConfig({
      environment: { DOCKER_CONFIG: home },
      homeDirectory: home,
    });
    expect(entries).toEqual([
      { host: 'b.example', username: 'other', password: 'x' },
    ]);
  });

  it.each([
    ['registry.acme.example', { host: 'registry.acme.example' }],
    ['Registry.Acme.Example:5000', { host: 'registry.acme.example:5000' }],
    ['https://registry.acme.example', { host: 'registry.acme.example' }],
    ['https://registry.acme.example/v2/', { host: 'registry.acme.example' }],
    ['https://index.docker.io/v1/', { host: 'docker.io' }],
    [
      'registry.acme.example/shop/web',
      { host: 'registry.acme.example', repositoryPrefix: 'shop/web' },
    ],
  ])('reads the key %s', async (key, expected) => {
    const { entries } = await read({
      auths: { [key]: { auth: base64('ci:p:w') } },
    });
    expect(entries).toEqual([{ ...expected, username: 'ci', password: 'p:w' }]);
  });

  it('reads a user and password written out, and refresh tokens', async () => {
    const { entries } = await read({
      auths: {
        'a.example': { username: 'ci', password: 'pw' },
        'b.example': { auth: base64('00000000:'), identitytoken: 'refresh' },
      },
    });
    expect(entries).toEqual([
      { host: 'a.example', username: 'ci', password: 'pw' },
      { host: 'b.example', identityToken: 'refresh' },
    ]);
  });

  it('says which hosts it does not read', async () => {
    const { entries, notRead } = await read({
      auths: {
        'store.example': {},
        'both.example': { auth: base64('ci:pw') },
      },
      credsStore: 'desktop',
      credHelpers: { 'helper.example': 'ecr-login', 'both.example': 'x' },
    });
    expect(entries.map(({ host }) => host)).toEqual(['both.example']);
    expect([...notRead]).toEqual([
      ['helper.example', expect.stringContaining('"credHelpers"')],
      ['store.example', expect.stringContaining('"credsStore"')],
    ]);
  });

  it.each([{}, { auth: 'no colon' }, { auth: base64(':pw') }, 'text', null])(
    'reads no credentials from %j',
    async auth => {
      const { entries, notRead } = await read({ auths: { 'a.example': auth } });
      expect(entries).toEqual([]);
      expect(notRead.get('a.example')).toContain('no usable credentials');
    },
  );

  it.each(['{"auths": {"a.example": {"auth": "c2VjcmV0', '[]', ''])(
    'refuses %j without quoting it',
    async content => {
      const refusal = read(content);
      await expect(refusal).rejects.toMatchObject({ kind: 'configuration' });
      await expect(refusal).rejects.not.toThrow('c2VjcmV0');
    },
  );

  it('refuses what is no file', async () => {
    await mkdir(join(home, '.docker/config.json'));
    await expect(read()).rejects.toThrow(/cannot be read: EISDIR/);
  });
});
