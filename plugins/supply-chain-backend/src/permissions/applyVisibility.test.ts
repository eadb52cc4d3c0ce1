import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { applyVisibility } from './applyVisibility';
import { EntityColumns, EntityFilter, entityRules } from './entityRules';
import { VisibleEntities } from './VisibleEntities';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const ALL: VisibleEntities = {
  rules: 'all',
  refs: 'all',
  unlinked: false,
  sources: false,
};

const ENTITIES: (EntityColumns & { ref: string })[] = [
  {
    ref: 'component:default/web',
    kind: 'component',
    namespace: 'default',
    owner: 'group:default/team-payments',
    system: 'system:default/shop',
    lifecycle: 'production',
  },
  {
    ref: 'resource:edge/cache',
    kind: 'resource',
    namespace: 'edge',
    owner: 'group:default/team-edge',
    system: null,
    lifecycle: 'Production',
  },
  {
    ref: 'component:default/orphan',
    kind: 'component',
    namespace: 'default',
    owner: null,
    system: null,
    lifecycle: null,
  },
];

const { isOwner, isKind, inNamespace, inSystem, hasLifecycle } = entityRules;

const owner = isOwner.toQuery({ claims: ['group:default/team-payments'] });
const CRITERIA: [string, PermissionCriteria<EntityFilter>][] = [
  ['an owner', owner],
  [
    'an owner in upper case',
    isOwner.toQuery({ claims: ['GROUP:default/Team-Edge'] }),
  ],
  ['no owner', isOwner.toQuery({ claims: [] })],
  ['a kind', isKind.toQuery({ kinds: ['Component'] })],
  ['a namespace', inNamespace.toQuery({ namespaces: ['Edge', 'x'] })],
  ['a system', inSystem.toQuery({ systems: ['system:default/shop'] })],
  ['a lifecycle', hasLifecycle.toQuery({ lifecycles: ['production'] })],
  ['not an owner', { not: owner }],
  ['all of', { allOf: [owner, isKind.toQuery({ kinds: ['resource'] })] }],
  ['any of', { anyOf: [owner, isKind.toQuery({ kinds: ['resource'] })] }],
  [
    'any of, within all of, within not',
    {
      not: {
        allOf: [
          isKind.toQuery({ kinds: ['component'] }),
          { anyOf: [owner, { not: inSystem.toQuery({ systems: ['a'] }) }] },
        ],
      },
    },
  ],
];

/** What the criteria mean, in memory: independent of SQL. */
function holds(
  criteria: PermissionCriteria<EntityFilter>,
  entity: EntityColumns,
): boolean {
  if ('allOf' in criteria) {
    return criteria.allOf.every(part => holds(part, entity));
  }
  if ('anyOf' in criteria) {
    return criteria.anyOf.some(part => holds(part, entity));
  }
  if ('not' in criteria) {
    return !holds(criteria.not, entity);
  }
  return criteria.values.includes(entity[criteria.column] ?? '');
}

describe.each(databases.eachSupportedId())('applyVisibility on %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await openTestDatabase(databases, id);
    await knex('entities').insert(
      ENTITIES.map(entity => ({
        ...entity,
        name: entity.ref.split('/')[1],
        annotations: '{}',
        hash: 'h',
        seen_at: '2026-07-01T00:00:00.000Z',
      })),
    );
  });

  const seen = async (visible: Partial<VisibleEntities>) => {
    const query = knex('entities');
    applyVisibility(knex, query, { ...ALL, ...visible });
    return (await query.pluck('ref')).sort();
  };

  it.each(CRITERIA)(
    'selects in SQL what the rule allows: %s',
    async (_, rules) => {
      const expected = ENTITIES.filter(entity => holds(rules, entity));
      expect(await seen({ rules })).toEqual(
        expected.map(entity => entity.ref).sort(),
      );
    },
  );

  it('selects everything without conditions, and nothing without permission', async () => {
    expect(await seen({})).toHaveLength(ENTITIES.length);
    expect(await seen({ rules: 'none' })).toEqual([]);
    expect(await seen({ refs: [] })).toEqual([]);
  });

  it('selects what both the rules and the catalog allow', async () => {
    const refs = ['component:default/web', 'resource:edge/cache'];
    expect(await seen({ refs })).toEqual(refs);
    expect(await seen({ refs, rules: owner })).toEqual([
      'component:default/web',
    ]);
  });

  it('takes more refs than a statement has room for parameters', async () => {
    const refs = Array.from(
      { length: 70_000 },
      (_, index) => `component:default/service-${index}`,
    );
    expect(await seen({ refs: [...refs, 'resource:edge/cache'] })).toEqual([
      'resource:edge/cache',
    ]);
  });

  it('does not take quotes in refs for SQL', async () => {
    expect(await seen({ refs: [`x' or '1'='1`, '"];'] })).toEqual([]);
  });
});

describe('the rules', () => {
  it.each(Object.values(entityRules))(
    'say of one entity what their query says: $name',
    rule => {
      const parameters = {
        claims: ['group:default/Team-Payments'],
        kinds: ['COMPONENT'],
        namespaces: ['edge'],
        systems: ['system:default/shop'],
        lifecycles: ['production'],
      };
      for (const entity of ENTITIES) {
        expect(rule.apply(entity, parameters)).toBe(
          holds(rule.toQuery(parameters) as EntityFilter, entity),
        );
      }
    },
  );
});
