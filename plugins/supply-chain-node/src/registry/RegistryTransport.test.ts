import type { ServerResponse } from 'http';
import { RegistryClient } from './RegistryClient';
import { RegistryClientOptions, RegistryEntry } from './registryOptions';
import { createTestCertificate } from './__testUtils__/createTestCertificate';
import { ScriptedServer } from './__testUtils__/ScriptedServer';
import {
  manifestText,
  OCI_MANIFEST,
  sha256,
} from './__testUtils__/testDocuments';

const NAMES = ['registry.acme.example', 'store.acme.example', 'evil.example'];
const text = manifestText();
const digest = sha256(text);
const clients: RegistryClient[] = [];
let plain: ScriptedServer;
let other: ScriptedServer;
let secure: ScriptedServer;
let tls: { key: string; cert: string };

beforeAll(async () => {
  tls = await createTestCertificate(NAMES);
});

beforeEach(async () => {
  plain = await ScriptedServer.start();
  other = await ScriptedServer.start();
  secure = await ScriptedServer.start(tls);
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.close()));
  await Promise.all([plain, other, secure].map(server => server.stop()));
});

/** Every name leads to the loopback interface, as an attacker's name server may say. */
const resolveToLoopback = async () => [{ address: '127.0.0.1', family: 4 }];

function createClient(
  registries: RegistryEntry[],
  options: RegistryClientOptions = {},
): RegistryClient {
  const client = RegistryClient.create({
    registries,
    resolveAddresses: resolveToLoopback,
    ...options,
  });
  clients.push(client);
  return client;
}

const listed = (host: string): RegistryEntry => ({
  host,
  insecure: true,
  allowPrivateAddress: true,
});

const listedSecure = (name: string): RegistryEntry => ({
  host: `${name}:${secure.port}`,
  allowPrivateAddress: true,
  certificateAuthority: tls.cert,
});

const serve = (_: unknown, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': OCI_MANIFEST }).end(text);
};

const redirectTo =
  (location: string, status = 307) =>
  (_: unknown, response: ServerResponse) => {
    response.writeHead(status, { location }).end();
  };

describe('the registry', () => {
  it('is asked over TLS with the authority configured for it', async () => {
    secure.handler = serve;
    const client = createClient([listedSecure('registry.acme.example')]);
    expect(
      await client.getManifest(
        `registry.acme.example:${secure.port}/web`,
        digest,
      ),
    ).toMatchObject({ ok: true });
  });

  it('is not believed with a certificate of an unknown authority', async () => {
    secure.handler = serve;
    const client = createClient([
      {
        ...listedSecure('registry.acme.example'),
        certificateAuthority: undefined,
      },
    ]);
    expect(
      await client.getManifest(
        `registry.acme.example:${secure.port}/web`,
        digest,
      ),
    ).toMatchObject({ ok: false, reason: 'registryUnavailable' });
    expect(secure.requests).toHaveLength(0);
  });

  it('is not asked in plain text unless listed', async () => {
    plain.handler = serve;
    const client = createClient([
      { host: plain.host, allowPrivateAddress: true },
    ]);
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: false, reason: 'registryUnavailable' },
    );
    expect(plain.requests).toHaveLength(0);
  });

  it('is not asked when it is not in the list of registries', async () => {
    plain.handler = serve;
    const client = createClient([listed(plain.host)], {
      allowList: ['registry.acme.example'],
    });
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      {
        ok: false,
        kind: 'definitive',
        reason: 'registryNotAllowed',
      },
    );
    expect(plain.requests).toHaveLength(0);
  });

  it('is asked when it is in the list, whatever the case it is written in', async () => {
    plain.handler = serve;
    const host = `Registry.acme.example:${plain.port}`;
    const client = createClient([listed(host)], { allowList: [host] });
    expect(
      await client.getManifest(`${host.toLowerCase()}/web`, digest),
    ).toMatchObject({ ok: true });
  });
});

describe('the address of a registry', () => {
  const resolvingTo = (...addresses: string[]) => ({
    resolveAddresses: async () =>
      addresses.map(address => ({
        address,
        family: address.includes(':') ? 6 : 4,
      })),
  });

  it.each([
    ['a literal loopback address', () => plain.host],
    [
      'a name that resolves to one',
      () => `registry.acme.example:${plain.port}`,
    ],
  ])('is refused when it is %s and not listed', async (_, host) => {
    plain.handler = serve;
    const client = createClient([{ host: host(), insecure: true }]);
    expect(await client.getManifest(`${host()}/web`, digest)).toMatchObject({
      ok: false,
      kind: 'definitive',
      reason: 'addressNotAllowed',
    });
    expect(plain.requests).toHaveLength(0);
  });

  it('is refused when only one of several is private', async () => {
    const client = createClient([], resolvingTo('192.0.66.1', '10.0.0.1'));
    expect(
      await client.getManifest('registry.acme.example/web', digest),
    ).toMatchObject({ ok: false, reason: 'addressNotAllowed' });
  });

  it.each(['169.254.169.254', 'fd00:ec2::254', '::ffff:169.254.169.254'])(
    'is refused when it is the metadata service %s, even for a listed host',
    async address => {
      const client = createClient(
        [listed('registry.acme.example')],
        resolvingTo(address),
      );
      expect(
        await client.getManifest('registry.acme.example/web', digest),
      ).toMatchObject({ ok: false, reason: 'addressNotAllowed' });
    },
  );

  it('is refused when a reference names the metadata service itself', async () => {
    const client = createClient([listed('169.254.169.254')]);
    expect(
      await client.getManifest('169.254.169.254/web', digest),
    ).toMatchObject({ ok: false, reason: 'addressNotAllowed' });
  });

  it('is the one that was checked, so a second answer changes nothing', async () => {
    plain.handler = serve;
    const answers = ['127.0.0.1', '10.255.255.1'];
    const client = createClient(
      [listed(`registry.acme.example:${plain.port}`)],
      {
        resolveAddresses: async () => [
          { address: answers.shift()!, family: 4 },
        ],
      },
    );
    const name = `registry.acme.example:${plain.port}/web`;
    expect(await client.getManifest(name, digest)).toMatchObject({ ok: true });
    expect(answers).toEqual(['10.255.255.1']);
  });

  it.each([
    ['no address', async () => []],
    [
      'an error',
      async () => {
        throw Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
      },
    ],
  ])('may be unknown: %s', async (_, resolveAddresses) => {
    const client = createClient([], { resolveAddresses });
    expect(
      await client.getManifest('registry.acme.example/web', digest),
    ).toMatchObject({
      ok: false,
      kind: 'transient',
      reason: 'registryUnavailable',
      detail: 'connection failed (ENOTFOUND)',
    });
  });
});

describe('a redirect', () => {
  const basic = {
    username: 'robot',
    password: 'secret',
  };

  /** Asks for Basic credentials, then redirects whoever sends them. */
  const challengeThen =
    (location: string) =>
    (
      request: { headers: { authorization?: string } },
      response: ServerResponse,
    ) => {
      if (request.headers.authorization) {
        response.writeHead(307, { location }).end();
      } else {
        response
          .writeHead(401, { 'www-authenticate': 'Basic realm="r"' })
          .end();
      }
    };

  it('within the registry keeps the credentials', async () => {
    plain.handler = (request, response) =>
      request.url === '/elsewhere'
        ? serve(request, response)
        : challengeThen('/elsewhere')(request, response);
    const client = createClient([{ ...listed(plain.host), ...basic }]);
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: true },
    );
    expect(plain.requests.at(-1)).toMatchObject({
      url: '/elsewhere',
      headers: { authorization: 'Basic cm9ib3Q6c2VjcmV0' },
    });
  });

  it('to another origin drops the credentials, and they do not come back', async () => {
    plain.handler = (request, response) =>
      request.url === '/back'
        ? serve(request, response)
        : challengeThen(`${other.url}/store`)(request, response);
    other.handler = redirectTo(`${plain.url}/back`);
    const client = createClient([
      { ...listed(plain.host), ...basic },
      listed(other.host),
    ]);
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: true },
    );
    expect(other.requests[0].headers).not.toHaveProperty('authorization');
    expect(plain.requests.at(-1)?.url).toBe('/back');
    expect(plain.requests.at(-1)?.headers).not.toHaveProperty('authorization');
  });

  it('to another origin that asks for credentials gets none', async () => {
    plain.handler = redirectTo(`${other.url}/store`);
    other.handler = (_, response) =>
      response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end();
    const client = createClient([
      { ...listed(plain.host), ...basic },
      { ...listed(other.host), ...basic },
    ]);
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: false, reason: 'registryUnavailable', status: 401 },
    );
    expect(other.requests).toHaveLength(1);
  });

  it('to another origin where nothing is found proves no absence', async () => {
    plain.handler = redirectTo(`${other.url}/store`);
    const client = createClient([listed(plain.host), listed(other.host)]);
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: false, reason: 'registryUnavailable', status: 404 },
    );
  });

  it('from https to http is refused, even to a listed host', async () => {
    secure.handler = redirectTo(`${plain.url}/store`);
    plain.handler = serve;
    const client = createClient([
      listedSecure('registry.acme.example'),
      listed(plain.host),
    ]);
    expect(
      await client.getManifest(
        `registry.acme.example:${secure.port}/web`,
        digest,
      ),
    ).toMatchObject({
      ok: false,
      kind: 'definitive',
      reason: 'redirectRefused',
    });
    expect(plain.requests).toHaveLength(0);
  });

  it.each([
    [
      'to http on a host not listed',
      () => `http://store.acme.example:${other.port}/x`,
      'redirectRefused',
    ],
    [
      'with credentials in it',
      () => `http://u:p@${other.host}/x`,
      'redirectRefused',
    ],
    [
      'to another scheme',
      () => 'ftp://store.acme.example/x',
      'registryNotAllowed',
    ],
    [
      'to a private address over https',
      () => `https://${other.host}/x`,
      'addressNotAllowed',
    ],
    [
      'to a name with a private address',
      () => 'https://evil.example/x',
      'addressNotAllowed',
    ],
    [
      'to the metadata service',
      () => 'https://169.254.169.254/latest',
      'addressNotAllowed',
    ],
    ['to the loopback of IPv6', () => 'https://[::1]/x', 'addressNotAllowed'],
    ['without a valid location', () => 'http://', 'redirectRefused'],
  ])('%s is refused', async (_, location, reason) => {
    plain.handler = redirectTo(location());
    const entries = [listed(plain.host)];
    const client = createClient(
      location().includes('u:p') ? [...entries, listed(other.host)] : entries,
    );
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: false, kind: 'definitive', reason },
    );
    expect(other.requests).toHaveLength(0);
  });

  it('without a location is refused', async () => {
    plain.handler = (_, response) => response.writeHead(302).end();
    const client = createClient([listed(plain.host)]);
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: false, reason: 'redirectRefused' },
    );
  });

  it('to itself is followed five times and no more', async () => {
    plain.handler = redirectTo('/again');
    const client = createClient([listed(plain.host)]);
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: false, reason: 'redirectRefused' },
    );
    expect(plain.requests).toHaveLength(6);
  });
});

describe('an answer', () => {
  it('without end is left as soon as it is too large', async () => {
    plain.handler = (_, response) => {
      response.writeHead(200, { 'content-type': OCI_MANIFEST });
      const chunk = Buffer.alloc(64 * 1024, 0x20);
      const pump = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', pump).on('error', () => undefined);
      pump();
    };
    const client = createClient([listed(plain.host)]);
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: false, kind: 'definitive', reason: 'tooLarge' },
    );
  });

  it('that announces too much is not read', async () => {
    plain.handler = (_, response) => {
      response.writeHead(200, { 'content-length': '99999999' });
      response.flushHeaders();
    };
    const client = createClient([listed(plain.host)]);
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: false, reason: 'tooLarge' },
    );
  });

  it('that announces less than it sends is counted all the same', async () => {
    plain.handler = (_, response) => {
      response.writeHead(200, { 'content-length': '1' });
      response.socket?.end('x'.repeat(100));
    };
    const client = createClient([listed(plain.host)]);
    const result = await client.getManifest(`${plain.host}/web`, digest);
    expect(result.ok).toBe(false);
  });

  it('to an error without end keeps its status', async () => {
    plain.handler = (_, response) => {
      response.writeHead(500);
      response.end('x'.repeat(200_000));
    };
    const client = createClient([listed(plain.host)]);
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      { ok: false, reason: 'registryUnavailable', status: 500 },
    );
  });

  it.each([
    ['never begins', { headersTimeoutMs: 20 }, undefined],
    ['stops within the body', { bodyTimeoutMs: 20 }, '{'],
    ['takes longer than the whole call may', { totalTimeoutMs: 20 }, '{'],
  ])('that %s is a timeout', async (_, limits, begin) => {
    plain.handler = (__, response) => {
      if (begin) {
        response.writeHead(200).write(begin);
      }
    };
    const client = createClient([listed(plain.host)], { limits });
    expect(await client.getManifest(`${plain.host}/web`, digest)).toMatchObject(
      {
        ok: false,
        kind: 'transient',
        reason: 'registryTimeout',
      },
    );
  });

  it('is not waited for once the caller cancels', async () => {
    const controller = new AbortController();
    plain.handler = () => controller.abort();
    const client = createClient([listed(plain.host)]);
    expect(
      await client.getManifest(`${plain.host}/web`, digest, {
        signal: controller.signal,
      }),
    ).toMatchObject({ ok: false, kind: 'transient', reason: 'lookCancelled' });
  });
});

it('keeps connections for a limited number of hosts', async () => {
  plain.handler = serve;
  const hosts = Array.from(
    { length: 70 },
    (_, index) => `host-${index}.acme.example:${plain.port}`,
  );
  const client = createClient(hosts.map(listed));
  for (const host of hosts) {
    expect(await client.getManifest(`${host}/web`, digest)).toMatchObject({
      ok: true,
    });
  }
});
