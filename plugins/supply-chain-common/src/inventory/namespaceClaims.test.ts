import { EntityFacts } from '../policy/types';
import { compileNamespaceClaims } from './namespaceClaims';
import { parseNamespaceClaims } from './parseNamespaceClaims';

const PAYMENTS = {
  namespaces: ['payments-*'],
  entities: { owner: ['team-payments'] },
};
const EDGE = {
  namespaces: ['edge', 'payments-gateway'],
  clusters: ['prod-*'],
  entities: { owner: ['group:default/team-edge'], kind: ['Component'] },
};

function entityOf(owner?: string): EntityFacts {
  return {
    ref: 'component:default/web',
    kind: 'component',
    namespace: 'default',
    name: 'web',
    ...(owner && { owner: `group:default/${owner}` }),
  };
}

function mayClaim(options: {
  owner?: string;
  place: string;
  unnamed?: 'allow' | 'deny';
}): boolean {
  const parsed = parseNamespaceClaims({
    namespaceClaims: [PAYMENTS, EDGE],
    namespaceClaimsDefault: options.unnamed,
  });
  if (!parsed.ok) {
    throw new Error(parsed.message);
  }
  const [cluster, namespace] = options.place.split('/');
  return compileNamespaceClaims(parsed.claims)({
    entity: entityOf(options.owner),
    cluster,
    namespace,
  });
}

describe('limits on claims', () => {
  // prettier-ignore
  it.each<[string, { owner?: string; place: string; unnamed?: 'deny' }, boolean]>([
    ['the entity is of the team', { owner: 'team-payments', place: 'prod-eu/payments-api' }, true],
    ['the entity is of another team', { owner: 'team-edge', place: 'prod-eu/payments-api' }, false],
    ['the entity has no owner', { place: 'prod-eu/payments-api' }, false],
    ['the namespace only begins alike', { owner: 'team-edge', place: 'prod-eu/payments' }, true],
    ['two entries name the namespace, the first allows', { owner: 'team-payments', place: 'prod-eu/payments-gateway' }, true],
    ['two entries name the namespace, the second allows', { owner: 'team-edge', place: 'prod-eu/payments-gateway' }, true],
    ['the second entry is about other clusters', { owner: 'team-edge', place: 'staging/payments-gateway' }, false],
    ['no entry names the namespace in this cluster', { owner: 'team-payments', place: 'staging/edge' }, true],
    ['no entry names it and the standard is to deny', { owner: 'team-payments', place: 'staging/edge', unnamed: 'deny' }, false],
    ['an entry names it and the standard is to deny', { owner: 'team-edge', place: 'prod-eu/edge', unnamed: 'deny' }, true],
  ])('decide when %s', (_condition, options, expected) => {
    expect(mayClaim(options)).toBe(expected);
  });

  it('leave everything free when nothing is set', () => {
    expect(parseNamespaceClaims({})).toEqual({
      ok: true,
      claims: { rules: [], unnamed: 'allow' },
    });
  });

  // prettier-ignore
  it.each<[string, object, string]>([
    ['are no list', { namespaceClaims: PAYMENTS }, 'namespaceClaims: expected array, got object'],
    ['name no namespace', { namespaceClaims: [{ ...PAYMENTS, namespaces: [] }] }, 'namespaceClaims[0].namespaces: '],
    ['name no entity', { namespaceClaims: [{ namespaces: ['a'] }] }, 'namespaceClaims[0].entities: expected object, got nothing'],
    ['mean every entity', { namespaceClaims: [{ namespaces: ['a'], entities: {} }] }, 'namespaceClaims[0].entities: expected at least one key, such as "owner"'],
    ['have a misspelt key', { namespaceClaims: [{ ...PAYMENTS, entities: { owners: ['a'] } }] }, 'namespaceClaims[0].entities.owners: unknown key "owners".'],
    ['have an owner that is no reference', { namespaceClaims: [PAYMENTS, { ...PAYMENTS, entities: { owner: ['a:'] } }] }, 'namespaceClaims[1].entities.owner[0]: expected an entity reference, got "a:"'],
    ['have another standard', { namespaceClaimsDefault: 'refuse' }, 'namespaceClaimsDefault: expected one of "allow", "deny", got "refuse".'],
  ])('are refused when they %s', (_condition, settings, message) => {
    expect(parseNamespaceClaims(settings)).toEqual({
      ok: false,
      message: expect.stringContaining(message),
    });
  });
});
