import { facts, factsWithImage } from '../../testing/exampleFacts';
import { PolicyFacts, PolicyMatch } from '../types';
import { matchPolicy, PolicyMatchKey } from './matchPolicy';

describe('matchPolicy', () => {
  const entity = facts().entity!;

  // prettier-ignore

  it.each<[string, PolicyMatch, PolicyFacts, true | PolicyMatchKey[]]>([
    ['the policy says nothing', {}, facts(), true],
    [
      'everything matches',
      {
        entities: {
          kind: ['component'],
          type: ['service'],
          namespace: ['default'],
          lifecycle: ['production'],
          system: ['shop'],
          owner: ['team-checkout'],
          ref: ['component:default/web'],
        },
        clusters: ['prod-*'],
        namespaces: ['shop'],
        images: ['registry.acme.example/**'],
      },
      facts(),
      true,
    ],
    ['one of several owners matches', { entities: { owner: ['team-edge', 'group:default/team-checkout'] } }, facts(), true],
    ['the owner is a user of that name', { entities: { owner: ['user:default/team-checkout'] } }, facts(), ['entities.owner']],
    ['the lifecycle differs', { entities: { lifecycle: ['experimental'] } }, facts(), ['entities.lifecycle']],
    ['the lifecycle is not known', { entities: { lifecycle: ['production'] } }, facts({ entity: { ...entity, lifecycle: undefined } }), ['entities.lifecycle']],
    ['the owner is no reference', { entities: { owner: [':::'] } }, facts({ entity: { ...entity, owner: ':::' } }), true],
    ['the workload belongs to no entity (L18)', { entities: {} }, facts({ entity: null }), ['entities']],
    ['the policy is about any entity', { entities: {} }, facts(), true],
    ['no entity is asked for', { clusters: ['*'] }, facts({ entity: null }), true],
    ['the cluster differs', { clusters: ['staging'] }, facts(), ['clusters']],
    ['a star meets a cluster with slashes', { clusters: ['*'] }, facts({ where: { cluster: 'arn:aws:eks/prod', namespace: 'shop' } }), true],
    ['the namespace differs', { namespaces: ['kube-*'] }, facts(), ['namespaces']],
    ['several keys differ', { entities: { kind: ['api'], type: ['service'], system: ['edge'] }, clusters: ['staging'] }, facts(), ['entities.kind', 'entities.system', 'clusters']],
    ['the image differs', { images: ['quay.io/**'] }, facts(), ['images']],
    ['the pulled image matches (L1)', { images: ['quay.io/**'] }, factsWithImage({ imageIDRepository: 'quay.io/acme/web' }), true],
    ['the reference cannot be read', { images: ['quay.io/**'] }, factsWithImage({ repository: undefined }), true],
  ])('when %s', (_condition, match, given, expected) => {
    expect(matchPolicy({ match }, given)).toEqual({
      matches: expected === true,
      contextMissing: [],
      keptOutBy: expected === true ? [] : expected,
    });
  });

  it('counts keys without context as matching and names them (L29)', () => {
    const match = {
      entities: { kind: ['component'] },
      clusters: ['prod-*'],
      namespaces: ['*'],
      images: ['registry.acme.example/**'],
    };
    const given = facts({ where: undefined, entity: undefined });
    expect(matchPolicy({ match }, given)).toEqual({
      matches: true,
      contextMissing: ['entities', 'clusters'],
      keptOutBy: [],
    });
    const other = { ...match, images: ['quay.io/**'] };
    expect(matchPolicy({ match: other }, given)).toEqual({
      matches: false,
      contextMissing: [],
      keptOutBy: ['images'],
    });
  });
});
