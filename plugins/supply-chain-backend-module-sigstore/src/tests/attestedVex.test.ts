import { createSigningKey } from 'sandbox';
import { ImageWorld } from '../__testUtils__/ImageWorld';

const predicate = {
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://acme.example/vex/1',
  author: 'Acme Security',
  timestamp: '2026-06-30T06:00:00Z',
  version: 1,
  statements: [
    {
      vulnerability: { name: 'CVE-2026-1' },
      products: [
        { '@id': 'pkg:oci/web?repository_url=registry.acme.example/shop' },
      ],
      status: 'not_affected',
      justification: 'vulnerable_code_not_in_execute_path',
    },
  ],
};

describe('VEX that is attested in the registry', () => {
  let world: ImageWorld;

  beforeEach(async () => {
    world = await ImageWorld.start();
  });
  afterEach(async () => {
    await world.stop();
  });

  const attest = (
    options: Parameters<ImageWorld['attest']>[0] = {},
    change: object = {},
  ) =>
    world.attest({
      ...options,
      change: statement =>
        Object.assign(statement, {
          predicateType: 'https://openvex.dev/ns/v0.2.0',
          predicate,
          ...change,
        }),
    });
  const statements = async () =>
    (await world.collectProvenance()).detail?.statements;

  // Cosign writes the type without a version.
  it.each(['https://openvex.dev/ns/v0.2.0', 'https://openvex.dev/ns'])(
    'is read as %s, and bound to what its signed statement covers',
    async predicateType => {
      attest({}, { predicateType });
      expect(await statements()).toMatchObject([
        {
          predicateType,
          covers: world.image.digest,
          signed: true,
          content: {
            type: 'vex',
            document: {
              id: 'https://acme.example/vex/1',
              author: 'Acme Security',
              statements: [{ names: ['CVE-2026-1'], status: 'notAffected' }],
            },
          },
          checks: [{ trustRoot: 'key', status: 'verified' }],
        },
      ]);
    },
  );

  it('is vouched for by nobody when a stranger signed it, whoever it names as its author', async () => {
    attest({ key: createSigningKey() });
    expect(await statements()).toMatchObject([
      {
        content: { document: { author: 'Acme Security' } },
        checks: [{ status: 'untrustedSigner', reason: 'noMatchingKey' }],
      },
    ]);
  });

  it('that cannot be read says why, and nothing else', async () => {
    attest({}, { predicate: { ...predicate, statements: 'none' } });
    expect(await statements()).toMatchObject([
      { content: { type: 'vex', problem: 'malformedReport' } },
    ]);
  });
});
