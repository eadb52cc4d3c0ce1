import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  decidedByCatalog,
  Decisions,
  DENY,
  ownedBy,
  testPermissions,
} from '../service/__testUtils__/testPermissions';
import { VisibilityResolver } from './VisibilityResolver';

const USER = 'user:default/reader';
const credentials = mockCredentials.user(USER);

const TEAM = 'group:default/team-payments';
const OWNED = { column: 'owner', values: [TEAM] };

describe('VisibilityResolver', () => {
  const catalog = catalogServiceMock.mock();
  let nowMs = 0;

  beforeEach(() => {
    nowMs = 1_000;
    catalog.streamEntities.mockReset();
    catalog.streamEntities.mockImplementation(async function* pages() {
      yield [
        { apiVersion: 'v1', kind: 'Component', metadata: { name: 'Web' } },
      ];
    });
  });

  const resolverFor = (decisions: Decisions) =>
    VisibilityResolver.create({
      permissions: testPermissions({ [USER]: decisions }),
      catalog,
      nowMs: () => nowMs,
    });

  it('shows everything to who may do everything', async () => {
    const resolver = resolverFor({});
    expect(await resolver.forReading(credentials)).toEqual({
      rules: 'all',
      refs: 'all',
      unlinked: true,
      sources: true,
    });
    expect(catalog.streamEntities).not.toHaveBeenCalled();
  });

  it('shows nothing when reading is denied', async () => {
    const resolver = resolverFor({
      'supply-chain.read': DENY,
      'catalog.entity.read': DENY,
      'supply-chain.unlinked.read': DENY,
      'supply-chain.sources.read': DENY,
    });
    expect(await resolver.forReading(credentials)).toEqual({
      rules: 'none',
      refs: [],
      unlinked: false,
      sources: false,
    });
  });

  it('translates the conditions of its own rules', async () => {
    const resolver = resolverFor({ 'supply-chain.read': ownedBy(TEAM) });
    expect((await resolver.forReading(credentials)).rules).toEqual(OWNED);
  });

  it('wants both permissions for a fresh look', async () => {
    const both = resolverFor({
      'supply-chain.read': ownedBy(TEAM),
      'supply-chain.recheck': ownedBy('group:default/team-edge'),
    });
    expect((await both.forRecheck(credentials)).rules).toEqual({
      allOf: [OWNED, { column: 'owner', values: ['group:default/team-edge'] }],
    });
    const denied = resolverFor({ 'supply-chain.recheck': DENY });
    expect((await denied.forRecheck(credentials)).rules).toBe('none');
    expect((await denied.forReading(credentials)).rules).toBe('all');
  });

  describe('when the catalog decides by its own conditions', () => {
    const decisions = { 'catalog.entity.read': decidedByCatalog() };

    it('asks it with the credentials of the caller, once in a minute', async () => {
      const resolver = resolverFor(decisions);
      const visible = await resolver.forReading(credentials);
      expect(visible.refs).toEqual(['component:default/web']);
      expect(catalog.streamEntities).toHaveBeenCalledWith(expect.anything(), {
        credentials,
      });
      nowMs += 59_999;
      await resolver.forReading(credentials);
      expect(catalog.streamEntities).toHaveBeenCalledTimes(1);
      nowMs += 1;
      await resolver.forReading(credentials);
      expect(catalog.streamEntities).toHaveBeenCalledTimes(2);
    });

    it('asks for each caller', async () => {
      const other = 'user:default/other';
      const resolver = VisibilityResolver.create({
        permissions: testPermissions({ [USER]: decisions, [other]: decisions }),
        catalog,
      });
      await resolver.forReading(credentials);
      await resolver.forReading(mockCredentials.user(other));
      expect(catalog.streamEntities).toHaveBeenCalledTimes(2);
    });

    it('asks anew after it was told to', async () => {
      const resolver = resolverFor(decisions);
      await resolver.forReading(credentials);
      resolver.forget(credentials);
      await resolver.forReading(credentials);
      expect(catalog.streamEntities).toHaveBeenCalledTimes(2);
    });

    it('shows nothing, and asks again, when the catalog fails', async () => {
      catalog.streamEntities.mockImplementationOnce(async function* fail() {
        yield [];
        throw new Error('catalog is down');
      });
      const resolver = resolverFor(decisions);
      await expect(resolver.forReading(credentials)).rejects.toThrow(
        'catalog is down',
      );
      const visible = await resolver.forReading(credentials);
      expect(visible.refs).toEqual(['component:default/web']);
    });

    it('keeps no more callers than it has room for', async () => {
      const users = Array.from({ length: 501 }, (_, n) => `user:default/u${n}`);
      const resolver = VisibilityResolver.create({
        permissions: testPermissions(
          Object.fromEntries(users.map(user => [user, decisions])),
        ),
        catalog,
        nowMs: () => nowMs,
      });
      for (const user of users) {
        await resolver.forReading(mockCredentials.user(user));
      }
      await resolver.forReading(mockCredentials.user(users[500]));
      expect(catalog.streamEntities).toHaveBeenCalledTimes(501);
      await resolver.forReading(mockCredentials.user(users[0]));
      expect(catalog.streamEntities).toHaveBeenCalledTimes(502);
    });
  });
});
