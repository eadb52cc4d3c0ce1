import { ConfigReader } from '@backstage/config';
import { issueServingCertificate } from 'sandbox';
import { readClusterConfig } from './readClusterConfig';

const { certificate } = issueServingCertificate();
const url = 'https://10.0.0.1:6443';

const read = (clusters: object[], environment = {}) =>
  readClusterConfig(
    new ConfigReader({ supplyChain: { clusters } } as never),
    environment,
  );

it('has none by default', () => {
  expect(readClusterConfig(new ConfigReader({}))).toEqual([]);
});

it.each<[string, object, object]>([
  ['an address alone', { url: `${url}/` }, { url }],
  [
    'a path, as of a proxy',
    { url: 'https://rancher.acme.example/k8s/clusters/c-1/' },
    { url: 'https://rancher.acme.example/k8s/clusters/c-1' },
  ],
  [
    'plain http on the loopback interface',
    { url: 'http://127.0.0.1:8001' },
    { url: 'http://127.0.0.1:8001' },
  ],
  [
    'a token and an authority',
    { url, serviceAccountToken: 'abc', caFile: '/ca.crt' },
    { url, token: { text: 'abc' }, certificateAuthority: { file: '/ca.crt' } },
  ],
  [
    'an authority as a kubeconfig has it',
    { url, caData: Buffer.from(certificate).toString('base64') },
    { url, certificateAuthority: { text: certificate } },
  ],
  [
    'an authority in PEM',
    { url, caData: certificate },
    { url, certificateAuthority: { text: certificate } },
  ],
  [
    'files',
    {
      url,
      serviceAccountTokenFile: '/token',
      certFile: '/tls.crt',
      keyFile: '/tls.key',
    },
    {
      url,
      token: { file: '/token' },
      clientCertificate: {
        certificate: { file: '/tls.crt' },
        key: { file: '/tls.key' },
      },
    },
  ],
  [
    'a certificate that is not checked',
    { url, skipTLSVerify: true },
    { url, skipTlsVerify: true },
  ],
])('reads %s', (_, settings, expected) => {
  expect(read([{ name: 'production', ...settings }])).toEqual([
    { name: 'production', skipTlsVerify: false, ...expected },
  ]);
});

it.each([
  ['10.0.0.1', 'https://10.0.0.1:443'],
  ['fd00::1', 'https://[fd00::1]:443'],
])('reads the cluster it runs in at %s', (host, expected) => {
  const [cluster] = read([{ name: 'own', inCluster: true }], {
    KUBERNETES_SERVICE_HOST: host,
    KUBERNETES_SERVICE_PORT: '443',
  });
  expect(cluster).toEqual({
    name: 'own',
    url: expected,
    token: { file: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
    certificateAuthority: {
      file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
    },
    skipTlsVerify: false,
  });
});

it.each<[string, object, RegExp]>([
  ['no name', { url }, /name/],
  ['no url', { name: 'a' }, /url/],
  ['a name with control characters', { name: 'a\nb', url }, /'a\nb'.*ASCII/],
  ['the name of the list', { name: '(list of clusters)', url }, /another/],
  [
    'plain http elsewhere',
    { name: 'a', url: 'http://10.0.0.1' },
    /'a': expected https/,
  ],
  [
    'a host that looks like the loopback one',
    { name: 'a', url: 'http://127.0.0.1.acme.example' },
    /expected https/,
  ],
  ['another scheme', { name: 'a', url: 'ftp://10.0.0.1' }, /address/],
  ['a password', { name: 'a', url: 'https://me:pw@10.0.0.1' }, /address/],
  ['no address', { name: 'a', url: 'production' }, /address/],
  [
    'what runs programs',
    { name: 'a', url, exec: { command: 'aws' } },
    /got 'exec'/,
  ],
  [
    'what needs a browser',
    { name: 'a', url, authProvider: 'google' },
    /got 'authProvider'/,
  ],
  [
    'two tokens',
    {
      name: 'a',
      url,
      serviceAccountToken: 'a',
      serviceAccountTokenFile: '/b',
    },
    /got both/,
  ],
  [
    'two authorities',
    { name: 'a', url, caData: certificate, caFile: '/ca.crt' },
    /got both/,
  ],
  ['an authority that is none', { name: 'a', url, caData: 'YWJj' }, /caData/],
  [
    'an authority that counts for nothing',
    { name: 'a', url, caFile: '/ca.crt', skipTLSVerify: true },
    /skipTLSVerify or/,
  ],
  ['half a certificate', { name: 'a', url, certFile: '/c' }, /only one/],
  [
    'certificates without TLS',
    { name: 'a', url: 'http://localhost:1', caFile: '/ca.crt' },
    /plain http/,
  ],
  [
    'its own cluster outside of one',
    { name: 'a', inCluster: true },
    /KUBERNETES_SERVICE_HOST/,
  ],
  ['its own cluster elsewhere', { name: 'a', inCluster: true, url }, /'url'/],
])('refuses %s', (_, settings, message) => {
  expect(() => read([settings])).toThrow(message);
});

it('never quotes a token', () => {
  const settings = { name: 'a', url: 'no address', serviceAccountToken: 's3' };
  expect(() => read([settings])).toThrow(/^(?!.*s3)/s);
});

it('refuses a name that stands there twice', () => {
  const cluster = { name: 'a', url };
  expect(() => read([cluster, cluster])).toThrow(/'a' twice/);
});
