import { parseDigest } from 'backstage-plugin-supply-chain-common';
import { RegistryClient } from './RegistryClient';
import { asOneLook } from './registryLook';
import { RegistryEntry } from './registryOptions';
import { readRegistriesFor } from './registryUse';
import { ScriptedServer } from './__testUtils__/ScriptedServer';
import {
  manifestText,
  OCI_INDEX,
  OCI_MANIFEST,
  sha256,
} from './__testUtils__/testDocuments';

const text = manifestText();
const digest = parseDigest(sha256(text))!;
const absent = parseDigest(sha256('absent'))!;

let registry: ScriptedServer;
let client: RegistryClient;
let repository: string;

const serve: ScriptedServer['handler'] = ({ url }, response) => {
  if (url.includes('/referrers/')) {
    response
      .writeHead(200, { 'content-type': OCI_INDEX })
      .end('{"schemaVersion":2,"manifests":[]}');
  } else if (url.endsWith(digest) || url.endsWith('/tagged')) {
    response.writeHead(200, { 'content-type': OCI_MANIFEST }).end(text);
  } else {
    response.writeHead(404).end();
  }
};

function createClient(secrets: Partial<RegistryEntry> = {}): RegistryClient {
  const { host } = registry;
  return RegistryClient.create({
    registries: [
      { host, insecure: true, allowPrivateAddress: true, ...secrets },
    ],
  });
}

beforeEach(async () => {
  registry = await ScriptedServer.start();
  registry.handler = serve;
  repository = `${registry.host}/shop/web`;
  client = createClient();
});

afterEach(async () => {
  await client.close();
  await registry.stop();
});

/** Requests for what an address ends with. */
const asked = (end: string) =>
  registry.requests.filter(({ url }) => url.endsWith(end)).length;

describe('within one look', () => {
  it('the subject is read once, by whoever proves access', async () => {
    await asOneLook(async () => {
      expect(await client.proveAccess(repository, digest)).toMatchObject({
        ok: true,
      });
      await Promise.all([
        client.proveAccess(repository, digest),
        client.getManifest(repository, digest),
      ]);
    });
    expect(asked(digest)).toBe(1);
  });

  it('documents, lists and tags are read once, also by those who ask together', async () => {
    const results = await asOneLook(async () => {
      const access = await client.proveAccess(repository, digest);
      const options = { proof: access.ok ? access.value.proof : undefined };
      const read = () =>
        Promise.all([
          client.listReferrers(repository, digest, options),
          client.getManifest(repository, 'tagged', options),
          client.getBlob(repository, { digest, size: text.length }, options),
        ]);
      return [...(await Promise.all([read(), read()])), await read()];
    });
    expect(results.flat().every(({ ok }) => ok)).toBe(true);
    expect(asked(`/referrers/${digest}`)).toBe(1);
    expect(asked('/tagged')).toBe(1);
    expect(asked(`/blobs/${digest}`)).toBe(1);
  });

  it('what is not there is shared by those who ask together, and asked for again later', async () => {
    await asOneLook(async () => {
      const access = await client.proveAccess(repository, digest);
      const options = { proof: access.ok ? access.value.proof : undefined };
      const read = () => client.getManifest(repository, absent, options);
      const [one, other] = await Promise.all([read(), read()]);
      expect([one, other]).toMatchObject([
        { reason: 'notFound' },
        { reason: 'notFound' },
      ]);
      expect(asked(absent)).toBe(1);
      await read();
    });
    expect(asked(absent)).toBe(2);
  });

  it('a 404 means no more to one without a proof than it did (L5)', async () => {
    await asOneLook(async () => {
      const access = await client.proveAccess(repository, digest);
      const proof = access.ok ? access.value.proof : undefined;
      expect(
        await Promise.all([
          client.getManifest(repository, absent, { proof }),
          client.getManifest(repository, absent),
        ]),
      ).toMatchObject([{ reason: 'notFound' }, { reason: 'accessNotProven' }]);
    });
  });

  it('a failure is not the answer for anybody else', async () => {
    let count = 0;
    registry.handler = (request, response) => {
      count += 1;
      if (count === 1) {
        response.writeHead(503).end();
      } else {
        serve(request, response);
      }
    };
    const read = () => client.getManifest(repository, digest);
    expect(await asOneLook(() => Promise.all([read(), read()]))).toMatchObject([
      { ok: false, reason: 'registryUnavailable' },
      { ok: true },
    ]);
  });

  it('one who gives up leaves the others what they wait for, and waits no longer itself', async () => {
    const gone = new AbortController();
    const leaver = new AbortController();
    registry.handler = (request, response) => {
      if (registry.requests.length === 1) {
        leaver.abort();
        gone.abort();
      } else {
        serve(request, response);
      }
    };
    const read = (signal?: AbortSignal) =>
      client.getManifest(repository, digest, { signal });
    expect(
      await asOneLook(() =>
        Promise.all([read(gone.signal), read(leaver.signal), read()]),
      ),
    ).toMatchObject([
      { ok: false, reason: 'lookCancelled' },
      { ok: false, reason: 'lookCancelled' },
      { ok: true },
    ]);
  });

  it('nothing is kept beyond a few megabytes', async () => {
    const large = JSON.stringify({
      ...JSON.parse(text),
      annotations: { padding: 'x'.repeat(3 * 1024 * 1024) },
    });
    registry.handler = (_, response) =>
      response.writeHead(200, { 'content-type': OCI_MANIFEST }).end(large);
    await asOneLook(async () => {
      for (const tag of ['one', 'other', 'one', 'other']) {
        expect(await client.getManifest(repository, tag)).toMatchObject({
          ok: true,
        });
      }
    });
    expect([asked('/one'), asked('/other')]).toEqual([1, 2]);
  });

  it('a list that is not complete is read again', async () => {
    registry.handler = ({ url }, response) =>
      response
        .writeHead(200, { 'content-type': OCI_INDEX })
        .end(
          url.includes('/referrers/')
            ? '{"schemaVersion":2,"manifests":[{}]}'
            : '{"schemaVersion":2,"manifests":[]}',
        );
    await asOneLook(async () => {
      await client.listReferrers(repository, digest);
      await client.listReferrers(repository, digest);
    });
    expect(asked(`/referrers/${digest}`)).toBe(2);
  });

  it('what was read with some credentials is not shown to others (L30)', async () => {
    registry.handler = (request, response) => {
      if (request.headers.authorization) {
        serve(request, response);
      } else {
        response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
      }
    };
    const bound = createClient({
      username: 'robot',
      password: 'secret',
      onlyFor: { namespaces: ['edge'] },
    });
    const read = () => bound.getManifest(repository, digest);
    await asOneLook(async () => {
      const edge = { places: [{ namespace: 'edge' }] };
      expect(await readRegistriesFor(edge, read)).toMatchObject({ ok: true });
      const shop = { places: [{ namespace: 'shop' }] };
      expect(await readRegistriesFor(shop, read)).toMatchObject({ ok: false });
    });
    await bound.close();
  });
});

describe('everything is read again', () => {
  const read = () => client.getManifest(repository, digest);

  it('in the next look (L7)', async () => {
    const use = { places: [] };
    await asOneLook(read);
    await asOneLook(read);
    await readRegistriesFor(use, read);
    await readRegistriesFor(use, read);
    expect(asked(digest)).toBe(4);
  });

  it('outside of a look', async () => {
    await read();
    await read();
    expect(asked(digest)).toBe(2);
  });

  it('by another client', async () => {
    const other = createClient();
    await asOneLook(async () => {
      await read();
      await other.getManifest(repository, digest);
    });
    await other.close();
    expect(asked(digest)).toBe(2);
  });
});
