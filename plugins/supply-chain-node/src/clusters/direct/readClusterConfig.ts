import { X509Certificate } from 'node:crypto';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { CLUSTER_LIST } from '../ClusterTransport';
import { DirectCluster, Material } from './DirectCluster';

const KEYS = new Set([
  'name',
  'url',
  'inCluster',
  'caFile',
  'caData',
  'serviceAccountToken',
  'serviceAccountTokenFile',
  'certFile',
  'keyFile',
  'skipTLSVerify',
]);

/** https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/#directly-accessing-the-rest-api */
const MOUNTED = '/var/run/secrets/kubernetes.io/serviceaccount';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `supplyChain.clusters`; empty where there are none.
 *
 * @throws InputError for what cannot be used, naming the cluster.
 *
 * @public
 */
export function readClusterConfig(
  root: Config,
  environment: Environment = process.env,
): DirectCluster[] {
  const clusters = (
    root.getOptionalConfigArray('supplyChain.clusters') ?? []
  ).map(config => readCluster(config, environment));
  const names = clusters.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InputError(
      `supplyChain.clusters: expected each name once, got '${twice}' twice`,
    );
  }
  return clusters;
}

function readCluster(config: Config, environment: Environment): DirectCluster {
  const name = config.getString('name');
  const fail = (message: string): never => {
    throw new InputError(`supplyChain.clusters, '${name}': ${message}`);
  };
  if (!/^[\x21-\x7e](?:[\x20-\x7e]{0,251}[\x21-\x7e])?$/.test(name)) {
    fail('expected a name of printable ASCII, at most 253 characters');
  }
  if (name === CLUSTER_LIST) {
    fail('expected another name; this one stands for the list itself');
  }
  const unknown = config.keys().find(key => !KEYS.has(key));
  if (unknown) {
    // exec plugins of kubeconfig run programs, and other credentials need a browser; neither is read here.
    fail(`expected one of ${[...KEYS].join(', ')}, got '${unknown}'`);
  }
  const cluster = config.getOptionalBoolean('inCluster')
    ? ownCluster(name, config, environment, fail)
    : readAddressed(name, config, fail);
  if (cluster.url.startsWith('http:') && hasTlsSettings(cluster)) {
    fail('expected no certificates and no skipTLSVerify with plain http');
  }
  return cluster;
}

type Fail = (message: string) => never;

/** The cluster the backend itself runs in. */
function ownCluster(
  name: string,
  config: Config,
  environment: Environment,
  fail: Fail,
): DirectCluster {
  const other = config.keys().find(key => !/^(name|inCluster)$/.test(key));
  if (other) {
    fail(`expected nothing but a name beside inCluster, got '${other}'`);
  }
  const host = environment.KUBERNETES_SERVICE_HOST;
  const port = environment.KUBERNETES_SERVICE_PORT ?? '443';
  if (!host) {
    return fail(
      'inCluster needs a pod: KUBERNETES_SERVICE_HOST is not set here',
    );
  }
  return {
    name,
    url: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    certificateAuthority: { file: `${MOUNTED}/ca.crt` },
    token: { file: `${MOUNTED}/token` },
    skipTlsVerify: false,
  };
}

function readAddressed(
  name: string,
  config: Config,
  fail: Fail,
): DirectCluster {
  const certificateAuthority = readAuthority(config, fail);
  const token = readEither(config, fail, {
    text: 'serviceAccountToken',
    file: 'serviceAccountTokenFile',
  });
  const clientCertificate = readClientCertificate(config, fail);
  const skipTlsVerify = config.getOptionalBoolean('skipTLSVerify') ?? false;
  if (skipTlsVerify && certificateAuthority) {
    fail('expected skipTLSVerify or a certificate authority, got both');
  }
  return {
    name,
    url: readUrl(config, fail),
    ...(certificateAuthority && { certificateAuthority }),
    ...(token && { token }),
    ...(clientCertificate && { clientCertificate }),
    skipTlsVerify,
  };
}

function readUrl(config: Config, fail: Fail): string {
  const text = config.getString('url');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && !url.username && !url.search && !url.hash;
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    return fail('expected an address such as https://10.0.0.1:6443 as url');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    fail('expected https; plain http is only spoken on the loopback interface');
  }
  return url.href.replace(/\/+$/, '');
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}

function readEither(
  config: Config,
  fail: Fail,
  keys: { text: string; file: string },
): Material | undefined {
  const text = config.getOptionalString(keys.text);
  const file = config.getOptionalString(keys.file);
  if (text !== undefined && file !== undefined) {
    fail(`expected ${keys.text} or ${keys.file}, got both`);
  }
  if (file !== undefined) {
    return { file };
  }
  return text === undefined ? undefined : { text };
}

/** As in a kubeconfig, `caData` is PEM in base64; PEM as it is will do as well. */
function readAuthority(config: Config, fail: Fail): Material | undefined {
  const material = readEither(config, fail, { text: 'caData', file: 'caFile' });
  if (!material || 'file' in material) {
    return material;
  }
  const { text } = material;
  const pem = text.includes('-----BEGIN')
    ? text
    : Buffer.from(text, 'base64').toString('utf8');
  try {
    return new X509Certificate(pem) && { text: pem };
  } catch {
    // What stands there is not quoted: somebody may have pasted a key.
    return fail('expected a certificate as caData, in PEM or that in base64');
  }
}

function readClientCertificate(
  config: Config,
  fail: Fail,
): DirectCluster['clientCertificate'] {
  const certificate = config.getOptionalString('certFile');
  const key = config.getOptionalString('keyFile');
  if ((certificate === undefined) !== (key === undefined)) {
    fail('expected certFile and keyFile, got only one of them');
  }
  return certificate !== undefined && key !== undefined
    ? { certificate: { file: certificate }, key: { file: key } }
    : undefined;
}

function hasTlsSettings(cluster: DirectCluster): boolean {
  const { certificateAuthority, clientCertificate, skipTlsVerify } = cluster;
  return Boolean(certificateAuthority || clientCertificate || skipTlsVerify);
}
