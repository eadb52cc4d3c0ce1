import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAdmissionConfig } from './readAdmissionConfig';

const LEAST = `
apiVersion: supply-chain/v1
kind: AdmissionConfiguration
cluster: prod-eu
tls: { certFile: ./tls.crt, keyFile: /etc/tls.key }
policies: [policy.yaml]
`;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'config-'));
});

afterEach(() => rm(directory, { recursive: true }));

async function read(text: string | Buffer) {
  const path = join(directory, 'admission.yaml');
  await writeFile(path, text);
  return readAdmissionConfig(path);
}

describe('readAdmissionConfig', () => {
  it('fills in defaults, and finds files beside its own', async () => {
    expect(await read(LEAST)).toEqual({
      apiVersion: 'supply-chain/v1',
      kind: 'AdmissionConfiguration',
      cluster: 'prod-eu',
      listen: { address: '0.0.0.0', port: 8443 },
      health: { address: '0.0.0.0', port: 8080 },
      tls: {
        certFile: join(directory, 'tls.crt'),
        keyFile: '/etc/tls.key',
      },
      policies: [join(directory, 'policy.yaml')],
      mutate: false,
      registries: { hosts: [] },
      deadlines: { verificationMs: 2500, totalMs: 4500, lookMs: 30000 },
      limits: {
        bodyBytes: 3 * 1024 * 1024,
        requests: 256,
        looks: 16,
        waitingLooks: 500,
        images: 20000,
        evaluationThreads: 1,
      },
      rememberSeconds: 600,
      reloadSeconds: 10,
    });
  });

  it('takes everything docs/admission.md names', async () => {
    const config = await read(`${LEAST}
platforms: [linux/amd64]
stateDirectory: state
registries:
  dockerConfig: docker.json
  only: [registry.acme.example]
  hosts: [{ host: "registry.acme.example:5000", certificateAuthorityFile: ca.pem }]
feed: { url: "https://portal.acme.example/x", publicKeyFile: feed.pub, tokenFile: token }
limits: { requests: 5 }
`);
    expect(config).toMatchObject({
      stateDirectory: join(directory, 'state'),
      registries: {
        dockerConfig: join(directory, 'docker.json'),
        hosts: [
          {
            host: 'registry.acme.example:5000',
            insecure: false,
            allowPrivateAddress: false,
            certificateAuthorityFile: join(directory, 'ca.pem'),
          },
        ],
      },
      feed: {
        publicKeyFile: join(directory, 'feed.pub'),
        tokenFile: join(directory, 'token'),
        intervalSeconds: 30,
      },
      limits: { requests: 5, looks: 16 },
    });
  });

  it.each([
    ['policys: []', 'policys'],
    ['cluster: other', 'unique'],
    ['platforms: [amd64]', 'platforms.0'],
    ['limits: { looks: 0 }', 'limits.looks'],
    ['deadlines: { verificationMs: 5000 }', 'verificationMs below totalMs'],
    ['registries: { only: ["https://x.example"] }', 'expected a host'],
    ['feed: { url: portal, publicKeyFile: x }', 'feed.url'],
    ['feed: { url: "https://portal.example" }', 'feed.publicKeyFile'],
    ['x: &a [1]\ny: *a', 'aliases'],
    ['listen: { port: 70000 }', 'listen.port'],
  ])('refuses %s', async (line, message) => {
    await expect(read(`${LEAST}\n${line}\n`)).rejects.toThrow(message);
  });

  it.each([
    ['nothing', ''],
    ['another kind', LEAST.replace('AdmissionConfiguration', 'Policy')],
    ['no YAML', ': ['],
    ['too much', Buffer.alloc(1024 * 1024 + 1, 32)],
  ])('refuses %s', async (_, text) => {
    await expect(read(text)).rejects.toThrow('admission.yaml');
  });

  it('refuses a file that is not there', async () => {
    await expect(
      readAdmissionConfig(join(directory, 'other.yaml')),
    ).rejects.toThrow('ENOENT');
  });
});
