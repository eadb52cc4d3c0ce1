import { facts, factsWithImage, policy } from '../../testing/exampleFacts';
import { PolicyMatch } from '../types';
import { explainCoverage, policyMatchValues } from './explainCoverage';
import { MatchFacts } from './matchPolicy';

function explain(match: PolicyMatch, ...places: MatchFacts[]) {
  const [coverage] = explainCoverage({
    policies: [policy({ match, title: 'Production' })],
    places,
  });
  return coverage;
}

const entity = facts().entity!;

describe('explainCoverage', () => {
  it('names every policy with what decided', () => {
    const policies = [
      policy(),
      policy({ name: 'edge', match: { clusters: ['edge-*'] } }),
    ];
    expect(explainCoverage({ policies, places: [facts()] })).toEqual([
      {
        policy: { name: 'default', digest: 'sha256:policy' },
        matches: true,
        keptOutBy: [],
      },
      {
        policy: { name: 'edge', digest: 'sha256:policy' },
        matches: false,
        keptOutBy: [
          { key: 'clusters', wanted: ['edge-*'], found: ['prod-eu'] },
        ],
      },
    ]);
  });

  it('covers an image that one of several places lets in', () => {
    const elsewhere = facts({ where: { cluster: 'test', namespace: 'shop' } });
    expect(explain({ clusters: ['prod-*'] }, elsewhere, facts())).toEqual({
      policy: {
        name: 'default',
        title: 'Production',
        digest: 'sha256:policy',
      },
      matches: true,
      keptOutBy: [],
    });
  });

  it('names what each place has instead, once', () => {
    const places = [
      facts({ entity: { ...entity, lifecycle: 'experimental' } }),
      facts({ entity: { ...entity, lifecycle: 'experimental' } }),
      facts({ entity: { ...entity, lifecycle: undefined } }),
      facts({ entity: null }),
    ];
    expect(
      explain({ entities: { lifecycle: ['deprecated'] } }, ...places).keptOutBy,
    ).toEqual([
      {
        key: 'entities.lifecycle',
        wanted: ['deprecated'],
        found: ['experimental'],
      },
      { key: 'entities', wanted: [], found: [] },
    ]);
  });

  it('names namespace and both repositories of an image', () => {
    const place = factsWithImage({ imageIDRepository: 'quay.io/acme/web' });
    expect(
      explain({ namespaces: ['kube-*'], images: ['ghcr.io/**'] }, place)
        .keptOutBy,
    ).toEqual([
      { key: 'namespaces', wanted: ['kube-*'], found: ['shop'] },
      {
        key: 'images',
        wanted: ['ghcr.io/**'],
        found: ['registry.acme.example/shop/web', 'quay.io/acme/web'],
      },
    ]);
  });

  it('finds no place for an image that runs nowhere', () => {
    expect(
      explain(
        { clusters: ['prod-*'], namespaces: ['shop'] },
        facts({ where: null }),
      ).keptOutBy,
    ).toEqual([
      { key: 'clusters', wanted: ['prod-*'], found: [] },
      { key: 'namespaces', wanted: ['shop'], found: [] },
    ]);
  });
});

describe('policyMatchValues', () => {
  it('says what a policy covers, key by key', () => {
    expect(
      policyMatchValues({
        entities: { kind: ['component'], owner: undefined },
        clusters: ['prod-*'],
        namespaces: ['shop'],
        images: ['quay.io/**'],
      }),
    ).toEqual([
      { key: 'entities.kind', values: ['component'] },
      { key: 'clusters', values: ['prod-*'] },
      { key: 'namespaces', values: ['shop'] },
      { key: 'images', values: ['quay.io/**'] },
    ]);
  });

  it('says that it covers whatever belongs to an entity, and everything', () => {
    expect(policyMatchValues({ entities: {} })).toEqual([
      { key: 'entities', values: [] },
    ]);
    expect(policyMatchValues({})).toEqual([]);
  });
});
