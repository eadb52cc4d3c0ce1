import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runForTest } from '../__testUtils__/runForTest';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'policy-'));
  file = join(directory, 'policy.yaml');
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const POLICY = `apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: default }
spec:
  mode: audit
  rules:
    - use: image-signed
`;

// Nothing is asked of a registry before the policy has loaded.
async function verifyWith(text: string) {
  await writeFile(file, text);
  return runForTest(['verify', 'registry.acme.example/a', '--policy', file]);
}

describe('a policy that does not load ends with 2 and says where and why', () => {
  it('for a file that is not there', async () => {
    const run = await runForTest(['verify', 'a', '--policy', file]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toBe(
      `supply-chain: ${file}: documentUnreachable: ENOENT: no such file or directory, open '${file}'\n`,
    );
  });

  it('for a file that is too large', async () => {
    const run = await verifyWith(`# ${'x'.repeat(1024 * 1024)}`);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(`${file}: documentTooLarge: `);
  });

  it.each([
    [
      'a rule with a typo',
      POLICY.replace('-signed', '-singed'),
      '7:12: ruleUnknown',
    ],
    [
      'an unknown key',
      POLICY.replace('mode', 'mood'),
      '5:3: documentKeyUnknown',
    ],
    ['broken YAML', `${POLICY}  - [`, ': documentMalformed'],
    [
      'a trust root that is missing',
      `${POLICY}  trust: [nobody]\n`,
      '1:1: trustRootMissing',
    ],
    [
      'two of one name',
      `${POLICY}---\n${POLICY}`,
      '9:1: documentNameDuplicate',
    ],
    [
      'a key file that is missing',
      keys('{ file: ./cosign.pub }'),
      '5:18: documentFileMissing',
    ],
    [
      'a key that is too weak',
      `${POLICY}---\n${keys(`{ inline: ${JSON.stringify(weakKey())} }`)}`,
      '9:1: keyUnreadable: the trust root "release" cannot be used: ',
    ],
  ])('for %s', async (_, text, expected) => {
    const run = await verifyWith(text);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(`${file}:`);
    expect(run.stderr).toContain(expected);
    expect(run.stderr).not.toContain('--help');
  });
});

function keys(material: string): string {
  return `apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: release }
spec:
  keys: [${material}]
  transparencyLog: none
`;
}

function weakKey(): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
