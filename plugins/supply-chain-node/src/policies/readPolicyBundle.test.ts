import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policySetFromBundles } from 'backstage-plugin-supply-chain-common';
import { readPolicyBundle } from './readPolicyBundle';

const PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExmVKPzGNUvgyOZ3M3I0cEjEFbKNm
cn0C/ZdQGKUqvL0QLhJGLwPGU2WyNqTmYUPHUOxzfqCcVPyA0FYrPLOvPA==
-----END PUBLIC KEY-----
`;

const documentNaming = (...files: string[]) => `
apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: release }
spec:
  keys: [${files.map(file => `{ file: "${file}" }`).join(', ')}]
  transparencyLog: none
`;

describe('readPolicyBundle', () => {
  let folder: string;
  let policyFile: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'policy-'));
    await mkdir(join(folder, 'policies/keys'), { recursive: true });
    policyFile = join(folder, 'policies/policy.yaml');
    await writeFile(join(folder, 'policies/keys/one.pub'), PUBLIC_KEY);
    await writeFile(join(folder, 'policies/two.pub'), PUBLIC_KEY);
    await writeFile(join(folder, 'secret.pub'), PUBLIC_KEY);
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const read = () => readPolicyBundle({ type: 'file', path: policyFile });

  it('reads the document and every file it names', async () => {
    await writeFile(policyFile, documentNaming('./keys/one.pub', 'two.pub'));

    const bundle = await read();

    expect(bundle.files).toEqual({
      'keys/one.pub': PUBLIC_KEY,
      'two.pub': PUBLIC_KEY,
    });
    expect(policySetFromBundles([bundle])).toMatchObject({ ok: true });
  });

  it('does not follow a path or a link out of the folder', async () => {
    await symlink(
      join(folder, 'secret.pub'),
      join(folder, 'policies/link.pub'),
    );
    await writeFile(policyFile, documentNaming('link.pub', '../secret.pub'));

    const bundle = await read();

    expect(bundle.files).toEqual({});
    expect(policySetFromBundles([bundle])).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([
        expect.objectContaining({ code: 'documentPathOutside' }),
      ]),
    });
  });

  it('leaves out a file that does not exist, and parsing says which', async () => {
    await writeFile(policyFile, documentNaming('gone.pub'));
    expect(policySetFromBundles([await read()])).toMatchObject({
      ok: false,
      problems: [{ code: 'documentFileMissing' }],
    });
  });

  it('refuses a document that cannot be read, is too large, or does not come by https', async () => {
    await expect(read()).rejects.toThrow('ENOENT');
    await writeFile(policyFile, Buffer.alloc(1024 * 1024 + 1, '#'));
    await expect(read()).rejects.toThrow('too large');
    await expect(
      readPolicyBundle({ type: 'url', url: 'http://127.0.0.1/policy.yaml' }),
    ).rejects.toThrow('expected an https address');
  });
});
