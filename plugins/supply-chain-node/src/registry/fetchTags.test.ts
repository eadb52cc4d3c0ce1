import { RegistryClient } from './RegistryClient';
import { ScriptedServer } from './__testUtils__/ScriptedServer';
import { manifestText, sha256 } from './__testUtils__/testDocuments';

describe('proveRepository', () => {
  let server: ScriptedServer;
  let client: RegistryClient;

  beforeEach(async () => {
    server = await ScriptedServer.start();
    client = RegistryClient.create({
      registries: [
        { host: server.host, insecure: true, allowPrivateAddress: true },
      ],
    });
  });
  afterEach(async () => {
    await client.close();
    await server.stop();
  });

  const repository = () => `${server.host}/acme/signatures`;
  const answerTags = (status: number, body: string) => {
    server.handler = (request, response) => {
      const isTags = request.url === '/v2/acme/signatures/tags/list?n=1';
      response.writeHead(isTags ? status : 404).end(isTags ? body : '');
    };
  };

  it.each([
    ['tags', '{"name":"acme/signatures","tags":["a"]}'],
    ['an empty list', '{"name":"acme/signatures","tags":[]}'],
    ['no list, as Go writes an empty one', '{"name":"x","tags":null}'],
  ])(
    'makes "not found" an answer in a repository that lists %s',
    async (_what, body) => {
      answerTags(200, body);
      const proof = await client.proveRepository(repository());
      expect(proof.ok).toBe(true);
      const missing = sha256(manifestText());
      await expect(
        client.getManifest(repository(), missing, {
          proof: proof.ok ? proof.value : undefined,
        }),
      ).resolves.toMatchObject({ reason: 'notFound' });
      // It proves nothing of its neighbour.
      await expect(
        client.getManifest(`${server.host}/acme/other`, missing, {
          proof: proof.ok ? proof.value : undefined,
        }),
      ).resolves.toMatchObject({ reason: 'accessNotProven' });
    },
  );

  it.each([
    ['that is not there or not shown', 404, '', 'accessNotProven'],
    ['that refuses', 403, '', 'registryRefused'],
    ['that fails', 503, '', 'registryUnavailable'],
    [
      'behind a page that answers everything with 200',
      200,
      '<html>',
      'malformedDocument',
    ],
    ['whose list is none', 200, '{"tags":"x"}', 'malformedDocument'],
  ])(
    'proves nothing of a repository %s',
    async (_what, status, body, reason) => {
      answerTags(status, body);
      await expect(client.proveRepository(repository())).resolves.toMatchObject(
        { ok: false, reason },
      );
    },
  );

  it('refuses what is no repository', async () => {
    await expect(client.proveRepository('Not One')).resolves.toMatchObject({
      reason: 'referenceUnreadable',
    });
  });
});
