import { mkdtemp, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, Server } from 'node:http';
import { createServer, ServerOptions } from 'node:https';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueServingCertificate, KubernetesApiServer } from 'sandbox';
import { ClusterConnection } from '../ClusterConnection';
import { ClusterReadError } from '../ClusterReadError';
import { DirectCluster } from './DirectCluster';
import { DirectTransport } from './DirectTransport';

jest.setTimeout(30_000);

const TOKEN = 'token-of-a-service-account';
const { signal } = new AbortController();
const authority = issueServingCertificate();
const other = issueServingCertificate();

let api: KubernetesApiServer;
let folder: string;
const servers: Server[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clusters-'));
  api = await KubernetesApiServer.start({
    token: TOKEN,
    objects: [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web', namespace: 'shop' },
      },
    ],
  });
});

afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

afterEach(async () => {
  api.setForbidden('pods', false);
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
});

/** TLS in front of the fake API server. */
async function withTls(options: Partial<ServerOptions> = {}): Promise<string> {
  const server = createServer(
    { cert: authority.certificate, key: authority.key, ...options },
    (request, response) => {
      const { path = '/' } = { path: request.url };
      fetch(`${api.url}${path}`, {
        headers: request.headers as Record<string, string>,
      })
        .then(async answer => {
          response.writeHead(answer.status, {
            'content-type': answer.headers.get('content-type') ?? '',
          });
          response.end(Buffer.from(await answer.arrayBuffer()));
        })
        .catch(error => response.destroy(error));
    },
  );
  return listen(server, 'https');
}

async function listen(server: Server, scheme: string): Promise<string> {
  servers.push(server);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function connect(settings: Partial<DirectCluster> & { url: string }) {
  const cluster = {
    name: 'production',
    token: { text: TOKEN },
    skipTlsVerify: false,
    ...settings,
  };
  const transport = DirectTransport.create({ clusters: [cluster] });
  return ClusterConnection.create({ cluster: 'production', transport });
}

const pods = async (connection: ClusterConnection): Promise<number> => {
  const body = await connection.read(
    { resource: 'pods' },
    { signal, maxBytes: 100_000 },
  );
  return JSON.parse(body.toString()).items.length;
};

const failure = (connection: ClusterConnection) =>
  pods(connection).then(
    count => ({ reason: undefined, message: `read ${count} pods` }),
    ({ reason, message }: ClusterReadError) => ({ reason, message }),
  );

const file = async (name: string, content: string) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

it('says of each cluster how it is read', async () => {
  const cluster = { url: 'https://10.0.0.1', skipTlsVerify: false };
  const transport = DirectTransport.create({
    clusters: [
      { ...cluster, name: 'a' },
      { ...cluster, name: 'b', skipTlsVerify: true },
    ],
  });
  expect(await transport.listClusters()).toEqual([
    { name: 'a', needsUser: false },
    {
      name: 'b',
      needsUser: false,
      warning: {
        reason: 'clusterTlsUnverified',
        message: 'skipTLSVerify is set',
      },
    },
  ]);
});

it('knows no other cluster', async () => {
  const transport = DirectTransport.create({ clusters: [] });
  const connection = ClusterConnection.create({ cluster: 'a', transport });
  expect((await failure(connection)).reason).toBe('clusterUnreachable');
});

describe('with an authority of its own', () => {
  const certificateAuthority = { text: authority.certificate };

  it('reads with the token, and asks for no compression', async () => {
    api.clearRequests();
    const connection = connect({ url: await withTls(), certificateAuthority });
    expect(await pods(connection)).toBe(1);
    expect(api.requests[0].headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'accept-encoding': 'identity',
    });
  });

  it.each([
    ['another one', { text: other.certificate }],
    ['the public ones', undefined],
  ])('refuses a certificate that %s did not issue', async (_, ca) => {
    api.clearRequests();
    const url = await withTls();
    const failed = await failure(connect({ url, certificateAuthority: ca }));
    expect(failed.reason).toBe('clusterUnreachable');
    expect(failed.message).toMatch(/self.signed certificate/);
    expect(api.requests).toEqual([]);
  });

  it('reads without a check only where that is configured', async () => {
    const url = await withTls();
    expect(await pods(connect({ url, skipTlsVerify: true }))).toBe(1);
  });

  it('reads the authority again when its file changes', async () => {
    const url = await withTls();
    const path = await file('ca.crt', other.certificate);
    const connection = connect({ url, certificateAuthority: { file: path } });
    expect((await failure(connection)).reason).toBe('clusterUnreachable');
    await writeFile(path, authority.certificate);
    expect(await pods(connection)).toBe(1);
  });

  it('shows a certificate of its own to a server that asks for one', async () => {
    const url = await withTls({
      ca: other.certificate,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const clientCertificate = {
      certificate: { file: await file('tls.crt', other.certificate) },
      key: { file: await file('tls.key', other.key) },
    };
    const settings = { url, certificateAuthority };
    expect((await failure(connect(settings))).reason).toBe(
      'clusterUnreachable',
    );
    expect(await pods(connect({ ...settings, clientCertificate }))).toBe(1);
  });
});

describe('with a token in a file', () => {
  const withToken = (path: string) =>
    connect({ url: api.url, token: { file: path } });

  it('takes the new one as soon as it is there', async () => {
    const first = await file('first', 'ended');
    const second = await file('second', `${TOKEN}\n`);
    const path = join(folder, 'token');
    await symlink(first, path);
    const connection = withToken(path);
    expect((await failure(connection)).reason).toBe('clusterRefused');
    // As the kubelet does it: the link leads to another file.
    await unlink(path);
    await symlink(second, path);
    expect(await pods(connection)).toBe(1);
  });

  it.each([
    ['is not there', undefined, /cannot be read \(ENOENT\)/],
    ['is empty', ' \n', /is empty/],
    ['holds several lines', 'a\nb', /holds no token/],
    ['is far too large', 'a'.repeat(1_100_000), /larger than/],
  ])('says when it %s, and sends nothing', async (name, content, message) => {
    api.clearRequests();
    const path =
      content === undefined
        ? join(folder, 'absent')
        : await file(name.replaceAll(' ', '-'), content);
    const failed = await failure(withToken(path));
    expect(failed).toEqual({
      reason: 'clusterCredentialUnreadable',
      message: expect.stringMatching(message),
    });
    expect(failed.message).not.toContain(folder);
    expect(api.requests).toEqual([]);
  });
});

describe('when the server refuses', () => {
  it('says so of the token', async () => {
    const connection = connect({ url: api.url, token: { text: 'guessed' } });
    expect(await failure(connection)).toEqual({
      reason: 'clusterRefused',
      message: 'Unauthorized',
    });
  });

  it('names the right that is missing', async () => {
    api.setForbidden('pods', true);
    expect(await failure(connect({ url: api.url }))).toEqual({
      reason: 'clusterForbidden',
      message: 'list pods',
    });
  });
});

describe('when something else answers', () => {
  const answering = (status: number, headers: object, body: string) =>
    listen(
      createHttpServer((_, response) =>
        response.writeHead(status, { ...headers }).end(body),
      ),
      'http',
    );

  it('follows no redirect, so that the token goes nowhere else', async () => {
    api.clearRequests();
    const url = await answering(
      307,
      { location: `${api.url}/api/v1/pods` },
      '',
    );
    expect(await failure(connect({ url }))).toEqual({
      reason: 'malformedAnswer',
      message: 'redirects are not followed (L31)',
    });
    expect(api.requests).toEqual([]);
  });

  it.each([
    ['a page', { 'content-type': 'text/html' }, '<html>', 'malformedAnswer'],
    [
      'more than is read',
      { 'content-type': 'application/json' },
      ' '.repeat(200_000),
      'answerTooLarge',
    ],
  ])('refuses %s', async (_, headers, body, reason) => {
    const url = await answering(200, headers, body);
    expect((await failure(connect({ url }))).reason).toBe(reason);
  });

  it('says when nobody does', async () => {
    const failed = await failure(connect({ url: 'http://127.0.0.1:1' }));
    expect(failed.reason).toBe('clusterUnreachable');
    expect(failed.message).toMatch(/fetch failed/);
  });
});
