import { schema } from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES, originOf, scanOf } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { entityPath, imagePath } from '../__testUtils__/paths';
import { digestOf, hoursAgo } from '../__testUtils__/StoredWorld';
import { DENY, ownedBy } from '../__testUtils__/testPermissions';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const BEFORE = {
  repository: IMAGES.payments.repository,
  digest: digestOf('5'),
};

const COMPARED = `&${new URLSearchParams({
  withDigest: BEFORE.digest,
  withRepository: BEFORE.repository,
})}`;

/** Every export, with the name of its file. */
const EXPORTS: [string, string][] = [
  ['/exports/services?', 'supply-chain-services'],
  ['/exports/vulnerabilities?', 'supply-chain-vulnerabilities'],
  ['/exports/vulnerabilities/CVE-2026-0001?', 'supply-chain-CVE-2026-0001'],
  [
    `/exports${imagePath(IMAGES.payments, '/vulnerabilities')}`,
    `supply-chain-image-${IMAGES.payments.digest.slice(7, 19)}-vulnerabilities`,
  ],
  [
    `/exports${imagePath(IMAGES.payments, '/comparison')}${COMPARED}`,
    'supply-chain-comparison',
  ],
  [
    `/exports${entityPath(REFS.payments)}/images?`,
    'supply-chain-default-payments-api',
  ],
  [
    `/exports${imagePath(IMAGES.payments, '/checks')}`,
    `supply-chain-image-${IMAGES.payments.digest.slice(7, 19)}-checks`,
  ],
  [
    `/exports${entityPath(REFS.payments)}/checks?`,
    'supply-chain-default-payments-api-checks',
  ],
];

describe.each(databases.eachSupportedId())(
  'the routes of exports on %s',
  id => {
    const router = useExampleRouter({ databases, id });
    const { get, open } = router;

    beforeEach(async () => {
      const place = { cluster: 'prod-eu', namespace: 'shop' };
      const scan = scanOf(BEFORE);
      const [zlib, ...others] = scan.detail!.findings;
      const evidence = {
        ...scan,
        detail: {
          ...scan.detail!,
          findings: [
            { ...zlib, id: 'CVE-2025-0009', severity: 'high' as const },
            ...others.slice(1),
          ],
        },
      };
      await router.world.addRun({
        ...place,
        ...BEFORE,
        workload: 'payments',
        tag: '1.2.2',
        entityRefs: [REFS.payments],
        running: false,
        lastSeen: hoursAgo(48),
        scans: [evidence],
      });
      await router.world.addEvidence(originOf(BEFORE, []));
      await router.world.addPolicyReport({
        ...place,
        kind: 'ReplicaSet',
        name: 'payments-1',
        detail: {
          topic: 'configuration',
          results: [
            {
              policy: 'KSV001',
              result: 'fail',
              message: 'a, "b"\r\nc',
              observedAt: hoursAgo(1),
            },
          ],
          leftOut: [],
        },
      });
      await router.world.addReport({
        ...place,
        workload: 'payments-before',
        evidence,
      });
    });

    const rowsOf = async (path: string, user?: string) => {
      const { status, body } = await get(path, user);
      expect([path, status]).toEqual([path, 200]);
      return body.map(
        ({ exploitData: _, ...row }: Record<string, unknown>) => row,
      );
    };

    it.each(EXPORTS)(
      'send %s for saving, for nobody to keep',
      async (path, name) => {
        const csv = await get(path);
        expect(csv.status).toBe(200);
        expect(csv.headers).toMatchObject({
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="${name}.csv"`,
          'cache-control': 'no-store',
        });
        const json = await get(`${path}&format=json`);
        expect(json.headers).toMatchObject({
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': `attachment; filename="${name}.json"`,
        });
        expect(json.body.length).toBeGreaterThan(0);
        expect(csv.text.trimEnd().split('\r\n')).toHaveLength(
          json.body.length + 1,
        );
      },
    );

    it.each([
      ...[
        '',
        'outcome=fail',
        'owner=group%3Adefault%2Fteam-payments',
        'cluster=prod-eu',
        'search=PROXY',
        'orderBy=name&order=desc',
        'order=desc',
        'policy=baseline&rule=registry-allowed&policyOutcome=pass',
      ].map(query => ['/overview', '/exports/services', query]),
      ...[
        '',
        'severity=critical',
        'fixable=true',
        'search=OVERFLOW',
        'exploited=true',
        'exploited=false',
        'owner=group%3Adefault%2Fteam-payments',
      ].map(query => ['/vulnerabilities', '/exports/vulnerabilities', query]),
      ...['CVE-2026-0001', 'CVE-2026-0003', 'CVE-1999-0001'].map(name => [
        `/vulnerabilities/${name}`,
        `/exports/vulnerabilities/${name}`,
        '',
      ]),
      ...['', 'severity=critical', 'fixable=false', 'search=curl'].map(
        query => [
          imagePath(IMAGES.payments, '/vulnerabilities'),
          `/exports${imagePath(IMAGES.payments, '/vulnerabilities')}`,
          query,
        ],
      ),
      ...['', 'change=new', 'sort=package', 'severity=high'].map(query => [
        `${imagePath(IMAGES.payments, '/comparison')}${COMPARED}`,
        `/exports${imagePath(IMAGES.payments, '/comparison')}${COMPARED}`,
        query,
      ]),
    ])('give the rows of %s at %s?%s', async (page, exported, query) => {
      await router.world.addKnownExploited('CVE-2026-0003');
      const withQuery = (path: string, more: string) =>
        `${path}${path.includes('?') ? '&' : '?'}${query}&${more}`;
      const { body } = await get(withQuery(page, 'limit=250'));
      expect(await rowsOf(withQuery(exported, 'format=json'))).toEqual(
        body.items,
      );
    });

    it.each([
      ['', 2],
      ['&cluster=prod-eu', 2],
      ['&cluster=elsewhere', 0],
      ['&outcome=fail', 1],
      ['&search=PROXY', 1],
    ])('give the images of a service under %j', async (query, count) => {
      const { body } = await get(entityPath(REFS.payments));
      const rows = await rowsOf(
        `/exports${entityPath(REFS.payments)}/images?format=json${query}`,
      );
      expect(rows).toHaveLength(count);
      const keys = rows.map(({ key }: schema.ImageRow) => key);
      expect(rows).toEqual(
        body.images.filter(({ key }: schema.ImageRow) => keys.includes(key)),
      );
    });

    it('say in every row from when what is known of exploits is', async () => {
      await router.world.addKnownExploited('CVE-2026-0003');
      for (const path of [EXPORTS[1], EXPORTS[3], EXPORTS[4]].map(([p]) => p)) {
        const { body } = await get(`${path}&format=json`);
        for (const row of body) {
          expect(row.exploitData).toMatchObject({
            knownExploited: { outdated: false },
          });
        }
      }
    });

    it('let no text become a formula or break out of its cell', async () => {
      await router
        .knex('entities')
        .where({ ref: REFS.payments })
        .update({ title: '=HYPERLINK("https://evil.example")\r\n\u202ex,"y' });
      const { text } = await get('/exports/services');
      expect(text.trimEnd().split('\r\n')).toHaveLength(3);
      expect(text).toContain(
        `"'=HYPERLINK(""https://evil.example"")\\u{d}\\u{a}\\u{202e}x,""y"`,
      );
    });

    it('want the permission to export beside the one to read', async () => {
      await open({
        readers: {
          'user:default/reader': { 'supply-chain.export': DENY },
          'user:default/exporter': {
            'supply-chain.read': DENY,
            'supply-chain.unlinked.read': DENY,
          },
        },
      });
      for (const [path] of EXPORTS) {
        for (const [user, permission] of [
          ['user:default/reader', 'supply-chain.export'],
          ['user:default/exporter', 'supply-chain.read'],
        ]) {
          const { status, body } = await get(path, user);
          expect([path, user, status]).toEqual([path, user, 403]);
          expect(body.error.message).toContain(`'${permission}'`);
        }
      }
      expect(
        router.example.audited.filter(({ ended }) => ended === 'success'),
      ).toEqual([]);
    });

    it('hold what the caller may see, and say of the rest what the pages say', async () => {
      await open({
        readers: {
          'user:default/owner': {
            'supply-chain.read': ownedBy('group:default/team-checkout'),
            'supply-chain.unlinked.read': DENY,
          },
        },
      });
      const user = 'user:default/owner';
      const [services, vulnerabilities, places, ...others] = EXPORTS.map(
        ([path]) => `${path}&format=json`,
      );
      expect(await rowsOf(services, user)).toMatchObject([
        { entityRef: REFS.batch },
      ]);
      expect(await rowsOf(vulnerabilities, user)).toEqual([]);
      expect(await rowsOf(places, user)).toEqual([]);
      for (const path of others) {
        const { status, headers } = await get(path, user);
        expect([path, status]).toEqual([path, 404]);
        expect(headers).not.toHaveProperty('content-disposition');
      }
    });

    it.each([
      '/exports/services?format=xlsx',
      '/exports/services?outcome=green',
      `/exports/images/latest/vulnerabilities?repository=a`,
    ])('refuse %s', async path => {
      expect((await get(path)).status).toBe(400);
    });

    it('tell nobody that nothing is exploited where no catalogue is loaded', async () => {
      for (const [path] of [EXPORTS[1], EXPORTS[3], EXPORTS[4]]) {
        const { status } = await get(`${path}&exploited=false`);
        expect([path, status]).toEqual([path, 409]);
      }
    });

    it('end when a caller asks too often', async () => {
      await open({ exports: 1 });
      expect((await get('/exports/services')).status).toBe(200);
      expect((await get('/exports/services')).status).toBe(429);
      const other = 'user:default/other';
      expect((await get('/exports/services', other)).status).toBe(200);
    });

    it('are written down with what was taken', async () => {
      await get(`${EXPORTS[2][0]}&format=json`);
      expect(router.example.audited).toEqual([
        {
          eventId: 'rows-export',
          ended: 'success',
          meta: {
            queryType: 'places',
            vulnerability: 'CVE-2026-0001',
            format: 'json',
          },
        },
      ]);
    });
  },
);
