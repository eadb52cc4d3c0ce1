import { RegistryClient } from './RegistryClient';
import { readRegistriesFor, RegistryUse } from './registryUse';
import { ScriptedServer } from './__testUtils__/ScriptedServer';
import {
  manifestText,
  OCI_MANIFEST,
  sha256,
} from './__testUtils__/testDocuments';

const text = manifestText();
const digest = sha256(text);
const EDGE: RegistryUse = { places: [{ namespace: 'edge' }] };
const SHOP: RegistryUse = { places: [{ namespace: 'shop' }] };

let registry: ScriptedServer;
let client: RegistryClient;

beforeEach(async () => {
  registry = await ScriptedServer.start();
  client = RegistryClient.create({
    registries: [
      {
        host: registry.host,
        insecure: true,
        allowPrivateAddress: true,
        username: 'robot',
        password: 'secret',
        onlyFor: { namespaces: ['edge'] },
      },
    ],
    resolveAddresses: async () => [{ address: '127.0.0.1', family: 4 }],
  });
});

afterEach(async () => {
  await client.close();
  await registry.stop();
});

/** What the registry was shown; a token service would be shown the same. */
const shown = () =>
  registry.requests.map(({ headers }) => headers.authorization ?? '-');

function answerOnlyTo(status: number, challenge: string) {
  registry.handler = ({ url, headers }, response) => {
    if (url.startsWith('/token')) {
      response
        .writeHead(headers.authorization ? 200 : 401)
        .end('{"token":"good"}');
    } else if (headers.authorization) {
      response.writeHead(200, { 'content-type': OCI_MANIFEST }).end(text);
    } else {
      response.writeHead(status, { 'www-authenticate': challenge }).end();
    }
  };
}

const read = () => client.getManifest(`${registry.host}/shop/web`, digest);

describe.each([
  ['a password', () => 'Basic realm="acme"'],
  ['a token', () => `Bearer realm="${registry.url}/token",service="acme"`],
])('when a registry asks for %s', (_, challenge) => {
  beforeEach(() => answerOnlyTo(401, challenge()));

  it('bound credentials are used for their users', async () => {
    expect(await readRegistriesFor(EDGE, read)).toMatchObject({ ok: true });
  });

  it('nobody else gets what was obtained with them', async () => {
    await readRegistriesFor(EDGE, read);
    registry.requests.length = 0;
    expect(await readRegistriesFor(SHOP, read)).toMatchObject({
      ok: false,
      kind: 'definitive',
      reason: 'credentialsWithheld',
    });
    expect(new Set(shown())).toEqual(new Set(['-']));
  });

  it('they are not used where nobody says for whom', async () => {
    expect(await read()).toMatchObject({ reason: 'credentialsWithheld' });
    expect(new Set(shown())).toEqual(new Set(['-']));
  });

  it('looks that wait for each other keep apart', async () => {
    const uses = [SHOP, EDGE, SHOP, EDGE, SHOP, EDGE, SHOP, EDGE];
    const results = await Promise.all(
      uses.map(use => readRegistriesFor(use, read)),
    );
    expect(results.map(({ ok }) => ok)).toEqual(uses.map(use => use === EDGE));
  });
});

describe('when a registry hides what others may not read', () => {
  it('a "not found" is told from one that pull rights would mend', async () => {
    answerOnlyTo(404, 'Basic realm="acme"');
    expect(await readRegistriesFor(SHOP, read)).toMatchObject({
      reason: 'credentialsWithheld',
      status: 404,
    });
  });

  it('a proof of access holds only for its users', async () => {
    answerOnlyTo(401, 'Basic realm="acme"');
    const repository = `${registry.host}/shop/web`;
    const access = await readRegistriesFor(EDGE, () =>
      client.proveAccess(repository, digest),
    );
    const proof = access.ok ? access.value.proof : undefined;
    registry.handler = (_, response) => response.writeHead(404).end();
    const look = () => client.getManifest(repository, 'missing', { proof });
    expect(await readRegistriesFor(EDGE, look)).toMatchObject({
      reason: 'notFound',
    });
    expect(await readRegistriesFor(SHOP, look)).toMatchObject({
      reason: 'credentialsWithheld',
    });
  });
});

it('a registry that anybody may read is read anonymously', async () => {
  registry.handler = (_, response) =>
    response.writeHead(200, { 'content-type': OCI_MANIFEST }).end(text);
  expect(await readRegistriesFor(SHOP, read)).toMatchObject({ ok: true });
});
