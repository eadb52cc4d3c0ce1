import { Entity } from '@backstage/catalog-model';
import { domainsOf, entityRowOf } from './entityRowOf';

const NOW = new Date('2026-05-01T00:00:00.000Z');

const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'Payments',
    title: 'Payments API',
    annotations: {
      'backstage.io/kubernetes-id': 'payments',
      'backstage.io/source-location':
        'url:https://github.com/acme/payments/tree/main/',
      'backstage.io/managed-by-location':
        'url:https://github.com/acme/catalog/blob/main/payments.yaml',
      'other.example/secret': 'x',
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-payments' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/team-payments' },
    { type: 'partOf', targetRef: 'component:default/other' },
    { type: 'partOf', targetRef: 'system:default/checkout' },
  ],
};

const system: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'checkout' },
  relations: [{ type: 'partOf', targetRef: 'domain:default/shop' }],
};

describe('entityRowOf', () => {
  it('keeps what links and policies need, and nothing else', () => {
    const domains = domainsOf([component, system]);
    expect(entityRowOf({ entity: component, domains, now: NOW })).toEqual({
      ref: 'component:default/payments',
      kind: 'component',
      namespace: 'default',
      name: 'payments',
      title: 'Payments API',
      type: 'service',
      owner: 'group:default/team-payments',
      system: 'system:default/checkout',
      domain: 'domain:default/shop',
      lifecycle: 'production',
      source_location: 'https://github.com/acme/payments',
      catalog_location: 'https://github.com/acme/catalog',
      annotations: '{"backstage.io/kubernetes-id":"payments"}',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      seen_at: NOW.toISOString(),
    });
  });

  it('gives the same hash at another time, and another for another owner', () => {
    const hashOf = (entity: Entity, now = NOW) =>
      entityRowOf({ entity, domains: new Map(), now }).hash;
    expect(hashOf(component, new Date(0))).toBe(hashOf(component));
    expect(hashOf({ ...component, relations: [] })).not.toBe(hashOf(component));
  });

  it('does without anything optional', () => {
    const row = entityRowOf({
      entity: { apiVersion: 'v1', kind: 'Resource', metadata: { name: 'db' } },
      domains: new Map(),
      now: NOW,
    });
    expect(row).toMatchObject({
      ref: 'resource:default/db',
      owner: null,
      system: null,
      source_location: null,
      catalog_location: null,
      annotations: '{}',
    });
  });
});
