import { VulnerabilityFinding } from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES, scanOf } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { imagePath } from '../__testUtils__/paths';
import { digestOf, hoursAgo } from '../__testUtils__/StoredWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const SHOP = {
  repository: 'registry.acme.example/shop/lodash',
  digest: digestOf('8'),
};

const LODASH = {
  packageName: 'lodash',
  purl: 'pkg:npm/lodash@4.17.4',
  installedVersion: '4.17.4',
};

const FINDINGS: VulnerabilityFinding[] = [
  {
    ...LODASH,
    id: 'CVE-2019-10744',
    severity: 'critical',
    fixedVersion: '4.17.12',
    cvss: [
      {
        source: 'ghsa',
        version: '4.0',
        vector:
          'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
        score: 9.3,
      },
    ],
  },
  {
    ...LODASH,
    id: 'CVE-2021-23337',
    severity: 'high',
    fixedVersion: '4.17.21',
  },
  { ...LODASH, id: 'CVE-2026-5001', severity: 'high', fixState: 'wontFix' },
  {
    id: 'CVE-2026-5002',
    packageName: 'zlib',
    installedVersion: '1.2.0',
    severity: 'low',
  },
];

describe.each(databases.eachSupportedId())(
  'the vulnerabilities of an image on %s',
  id => {
    const router = useExampleRouter({ databases, id });
    const { get } = router;
    const groupsPath = (image = SHOP) =>
      imagePath(image, '/vulnerability-groups');
    const listPath = (image = SHOP) => imagePath(image, '/vulnerabilities');

    beforeEach(async () => {
      const scan = scanOf(SHOP);
      const evidence = {
        ...scan,
        detail: { ...scan.detail!, findings: FINDINGS },
      };
      const place = { cluster: 'prod-us', namespace: 'shop', workload: 'shop' };
      await router.world.addRun({
        ...place,
        ...SHOP,
        tag: '1',
        entityRefs: [REFS.batch],
        scans: [evidence],
      });
      await router.world.addReport({ ...place, evidence });
    });

    const shownGroups = async (query: string) => {
      const { status, body } = await get(`${groupsPath()}&${query}`);
      expect(status).toBe(200);
      return body.items.map(
        (group: {
          fixedVersion?: string;
          fixState?: string;
          findings: { id: string }[];
        }) => [
          group.fixedVersion ?? group.fixState,
          group.findings.map(each => each.id),
        ],
      );
    };

    it('are put together by the one version that fixes them', async () => {
      const { body } = await get(groupsPath());
      expect(body).toMatchObject({
        total: 3,
        findings: 4,
        items: [
          {
            packageName: 'lodash',
            fixedVersion: '4.17.21',
            fixState: 'fixed',
            total: 2,
            notAffected: 0,
            counts: { critical: 1, high: 1 },
            command: {
              place: 'project',
              arguments: ['npm', 'install', 'lodash@4.17.21'],
            },
          },
          { packageName: 'lodash', fixState: 'wontFix', total: 1 },
          { packageName: 'zlib', fixState: 'unknown', total: 1 },
        ],
      });
      expect(body.items[1]).not.toHaveProperty('fixedVersion');
    });

    it('are put together by package', async () => {
      const { body } = await get(`${groupsPath()}&by=package`);
      expect(body).toMatchObject({
        total: 2,
        findings: 4,
        items: [
          { packageName: 'lodash', total: 3, counts: { critical: 1, high: 2 } },
          { packageName: 'zlib', total: 1 },
        ],
      });
      expect(body.items[0]).not.toHaveProperty('fixState');
    });

    it('name the version that fixes the package whatever the filter leaves', async () => {
      expect(await shownGroups('severity=critical')).toEqual([
        ['4.17.21', ['CVE-2019-10744']],
      ]);
    });

    it('come in pages of groups', async () => {
      expect(await shownGroups('limit=1&offset=1')).toEqual([
        ['wontFix', ['CVE-2026-5001']],
      ]);
      expect(await shownGroups('offset=100')).toEqual([]);
    });

    it.each([
      '',
      'severity=high',
      'fixable=true',
      'fixable=false',
      'search=ZLIB',
      'exploited=true',
    ])('are as many in groups as in the list under "%s"', async filter => {
      const list = await get(`${listPath()}&${filter}`);
      for (const by of ['fix', 'package']) {
        const { body } = await get(`${groupsPath()}&${filter}&by=${by}`);
        expect(body.findings).toBe(list.body.total);
        const totals = body.items.map(({ total }: { total: number }) => total);
        expect(
          totals.reduce((sum: number, each: number) => sum + each, 0),
        ).toBe(list.body.total);
      }
    });

    it('are refused by what nothing is put together by', async () => {
      const { status } = await get(`${groupsPath()}&by=luck`);
      expect(status).toBe(400);
    });

    it('are hidden from who may not see the image', async () => {
      const { status } = await get(groupsPath(), 'user:default/stranger');
      expect(status).toBe(403);
    });

    it('come with their ratings, and the score of the newest version', async () => {
      const { body } = await get(`${listPath()}&search=CVE-2019-10744`);
      expect(body.items).toMatchObject([
        {
          score: 9.3,
          scoreVersion: '4.0',
          cvss: [{ source: 'ghsa', version: '4.0', score: 9.3 }],
        },
      ]);
    });

    it('say who rates them, and until when they may stay', async () => {
      const { body } = await get(listPath(IMAGES.payments));
      const [overdue, unfixed] = body.items;
      expect(overdue).toMatchObject({
        id: 'CVE-2026-0001',
        overdue: true,
        severityReason: { scanner: 'Trivy', differs: false },
      });
      expect(unfixed).not.toHaveProperty('overdue');
      expect(unfixed).not.toHaveProperty('dueAt');
    });

    it('say until when they may stay while there is time', async () => {
      const { policySet } = router;
      await router.open({
        policySet: {
          ...policySet,
          policies: policySet.policies.map(policy => ({
            ...policy,
            rules: policy.rules.map(rule =>
              rule.use === 'no-fixable-vulnerability'
                ? { ...rule, with: { ...rule.with, leewayDays: 1 } }
                : rule,
            ),
          })),
        },
      });
      await router.knex('vulnerability_clocks').insert({
        known_since: hoursAgo(200),
        repository: SHOP.repository,
        clocks: JSON.stringify([
          {
            firstSeenAt: hoursAgo(2),
            firstFixableAt: hoursAgo(1),
            lastSeenAt: hoursAgo(1),
            keys: ['CVE-2019-10744|lodash'],
          },
        ]),
      });
      const { body } = await get(`${listPath()}&search=CVE-2019-10744`);
      expect(body.items).toMatchObject([
        {
          firstSeenAt: hoursAgo(2),
          firstFixableAt: hoursAgo(1),
          dueAt: hoursAgo(1 - 24),
        },
      ]);
      expect(body.items[0]).not.toHaveProperty('overdue');
    });
  },
);
