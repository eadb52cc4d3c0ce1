import { PolicyBundle } from 'backstage-plugin-supply-chain-common';
import { loadPolicies } from './loadPolicies';

const bundle = (source: string, text: string): PolicyBundle => ({
  source,
  fromUrl: false,
  text,
  files: {},
});

const policy = (name: string, trust = '') => `
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: ${name} }
spec:
  ${trust}
  rules: [{ use: registry-allowed, with: { allow: ["registry.acme.example/**"] } }]
`;

const trustRoot = (name: string, key: string) => `
apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: ${name} }
spec:
  keys: [{ inline: "${key}" }]
  transparencyLog: none
`;

const good = (source: string, name: string) => ({
  source,
  bundle: bundle(source, policy(name)),
});

const stored = (source: string, name: string) => ({
  ...good(source, name),
  problems: [],
});

const names = (result: ReturnType<typeof loadPolicies>) =>
  result.policySet.policies.map(each => each.name);

describe('loadPolicies', () => {
  it('puts good documents into force', () => {
    const result = loadPolicies([good('a', 'one'), good('b', 'two')], []);
    expect(names(result)).toEqual(['one', 'two']);
    expect(result.sources.map(({ problems }) => problems)).toEqual([[], []]);
  });

  it('keeps the last good bytes of a source with a typo, and takes the change of the other', () => {
    const result = loadPolicies(
      [
        {
          source: 'a',
          bundle: bundle('a', policy('one').replace('use', 'usse')),
        },
        good('b', 'three'),
      ],
      [stored('a', 'one'), stored('b', 'two')],
    );
    expect(names(result)).toEqual(['one', 'three']);
    expect(result.sources[0].problems).toContainEqual(
      expect.objectContaining({ code: 'documentKeyUnknown', source: 'a' }),
    );
  });

  it('keeps the last good bytes of a source that cannot be read', () => {
    const result = loadPolicies(
      [{ source: 'a', error: 'connect ECONNREFUSED' }],
      [stored('a', 'one')],
    );
    expect(names(result)).toEqual(['one']);
    expect(result.sources[0]).toMatchObject({
      bundle: { text: policy('one') },
      problems: [{ code: 'documentUnreachable' }],
    });
  });

  it('has nothing in force when nothing was ever good', () => {
    const result = loadPolicies([{ source: 'a', error: 'ENOENT' }], []);
    expect(result.policySet).toEqual({
      policies: [],
      trustRoots: [],
      waivers: [],
      digest: '',
    });
  });

  it('changes nothing when sources do not go together', () => {
    const result = loadPolicies(
      [good('a', 'one'), good('b', 'one')],
      [stored('a', 'one'), stored('b', 'two')],
    );
    expect(names(result)).toEqual(['one', 'two']);
    expect(result.sources.flatMap(({ problems }) => problems)).toMatchObject([
      { code: 'documentNameDuplicate' },
    ]);
  });

  it('refuses a trust root whose key cannot be used', () => {
    const text = trustRoot(
      'release',
      '-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----',
    );
    const result = loadPolicies(
      [{ source: 'a', bundle: bundle('a', text) }],
      [stored('a', 'one')],
    );
    expect(names(result)).toEqual(['one']);
    expect(result.sources[0].problems).toMatchObject([
      { code: 'keyUnreadable', source: 'a' },
    ]);
  });
});
