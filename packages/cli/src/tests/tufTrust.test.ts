import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrivateSigstore, TufMirror } from 'sandbox';
import { runForTest } from '../__testUtils__/runForTest';

jest.setTimeout(60_000);

let mirror: TufMirror;
let directory: string;
let file: string;

const trustedRoot = async () =>
  JSON.stringify((await PrivateSigstore.create()).trustedRoot());

beforeEach(async () => {
  mirror = await TufMirror.start({ target: await trustedRoot() });
  directory = await mkdtemp(join(tmpdir(), 'tuf-'));
  file = join(directory, 'policy.yaml');
  await writeFile(join(directory, 'root.json'), mirror.initialRoot);
  await writeFile(
    file,
    `apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: acme-ci }
spec:
  sigstore:
    trustedRoot: { tuf: { mirror: "${mirror.url}", root: { file: root.json } } }
    identities: [{ issuer: none, subject: ci@acme.example }]
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: default }
spec: { trust: [acme-ci], rules: [{ use: image-signed }] }
`,
  );
});

afterEach(async () => {
  await mirror.stop();
  await rm(directory, { recursive: true });
});

// The registry does not exist, so a run whose policy loads cannot tell (3).
const verify = (...options: string[]) =>
  runForTest([
    ...['verify', `127.0.0.1:1/a@sha256:${'0'.repeat(64)}`],
    ...['--policy', file, ...options],
  ]);

const allowed = () => ['--insecure-registry', mirror.host];

describe('a policy whose trusted root comes from a TUF mirror', () => {
  it('loads from a mirror that may be asked, and from no other', async () => {
    expect((await verify(...allowed())).exitCode).toBe(3);
    const run = await verify();
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(`${file}: tufAddressRefused: `);
  });

  it('ends with 2 when the mirror is down', async () => {
    await mirror.stop();
    const run = await verify(...allowed());
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(`${file}: tufUnreachable: `);
  });

  it('is refused when the mirror goes back behind what --state keeps, and taken without it', async () => {
    const fallBack = mirror.takeCopy();
    mirror.publish({ target: await trustedRoot() });
    const state = ['--state', join(directory, 'state')];
    expect((await verify(...allowed(), ...state)).exitCode).toBe(3);
    fallBack();
    const run = await verify(...allowed(), ...state);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(`${file}: tufRefused: `);
    expect((await verify(...allowed())).exitCode).toBe(3);
  });
});
