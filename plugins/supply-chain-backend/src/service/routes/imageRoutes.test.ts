import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { entityPath, imagePath } from '../__testUtils__/paths';
import { hoursAgo } from '../__testUtils__/StoredWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('the routes of images on %s', id => {
  const router = useExampleRouter({ databases, id });
  const { get } = router;

  describe('when an image is asked for', () => {
    it('answers with evidence, verdicts, places and a command', async () => {
      const { status, body } = await get(imagePath(IMAGES.payments));

      expect(status).toBe(200);
      expect(body).toMatchObject({
        ...IMAGES.payments,
        imageRefs: [`${IMAGES.payments.repository}:1.2.3`],
        platforms: ['linux/amd64'],
        outcome: 'fail',
        pending: false,
        signature: { status: 'verified', trustRoot: 'acme-release-key' },
        provenance: {
          status: 'verified',
          source: 'https://github.com/acme/payments',
        },
        vulnerabilities: { status: 'present', fixable: 2 },
        entityRefs: [REFS.payments],
        firstSeen: hoursAgo(48),
      });
      expect(body.verdicts).toHaveLength(1);
      expect(
        body.evidence.map((each: { kind: string }) => each.kind).sort(),
      ).toEqual(['origin', 'signature', 'vulnerabilities']);
      expect(JSON.stringify(body.evidence)).not.toContain('CVE-');
      expect(body.acceptedAs).toEqual({
        kind: 'key',
        name: expect.stringMatching(/^sha256:/),
      });
      expect(body.reproduce.arguments.slice(0, 3)).toEqual([
        'cosign',
        'verify',
        '--key',
      ]);
      expect(body.reproduce.arguments.pop()).toBe(
        `${IMAGES.payments.repository}@${IMAGES.payments.digest}`,
      );
    });

    it('tells what other enforcers say of the workloads that run it', async () => {
      const { body } = await get(imagePath(IMAGES.payments));
      const entity = await get(entityPath(REFS.payments));
      expect(body.otherEnforcers.total).toBe(2);
      expect(body.otherEnforcers).toEqual(entity.body.otherEnforcers);
      const tool = await get(imagePath(IMAGES.tool));
      expect(tool.status).toBe(200);
      expect(tool.body).not.toHaveProperty('otherEnforcers');
    });

    it('says what admission would do with it as it is deployed', async () => {
      const { body } = await get(imagePath(IMAGES.payments));
      const admission = {
        mode: 'audit',
        decision: 'allow',
        enforced: 'deny',
        causes: ['fail', 'unpinnedReference'],
      };
      expect(body.verdicts).toMatchObject([{ admission }]);
      const entity = await get(entityPath(REFS.payments));
      expect(
        entity.body.images.find(
          (row: { digest: string }) => row.digest === IMAGES.payments.digest,
        ).verdicts,
      ).toMatchObject([{ admission }]);
    });

    it('says why a policy does not cover it, to who may read policies', async () => {
      const [baseline] = router.policySet.policies;
      const edge = {
        ...baseline,
        name: 'edge',
        match: {
          entities: { owner: ['team-vault'] },
          clusters: ['prod-*', 'vault-west'],
        },
      };
      await router.open({
        policySet: { ...router.policySet, policies: [baseline, edge] },
      });
      const { body } = await get(imagePath(IMAGES.payments));
      const policy = { digest: baseline.digest };
      expect(body.coverage).toEqual([
        {
          policy: { ...policy, name: 'baseline' },
          matches: true,
          keptOutBy: [],
        },
        {
          policy: { ...policy, name: 'edge' },
          matches: false,
          keptOutBy: [
            {
              key: 'entities.owner',
              wanted: ['team-vault'],
              found: ['group:default/team-payments'],
            },
          ],
        },
      ]);
      const tool = await get(imagePath(IMAGES.tool));
      expect(tool.body.coverage[1].keptOutBy).toEqual([
        { key: 'entities', wanted: [], found: [] },
      ]);
      const lawless = await get(
        imagePath(IMAGES.payments),
        'user:default/lawless',
      );
      expect(lawless.status).toBe(200);
      expect(JSON.stringify(lawless.body)).not.toContain('vault');
    });

    it('keeps what a trust root accepts from who may not read trust roots', async () => {
      const { status, body } = await get(
        imagePath(IMAGES.payments),
        'user:default/untrusted',
      );
      expect(status).toBe(200);
      expect(body.signature.status).toBe('verified');
      expect(body).not.toHaveProperty('acceptedAs');
    });

    it('answers for a workload of no entity', async () => {
      const { status, body } = await get(
        imagePath(IMAGES.tool),
        'user:default/janitor',
      );
      expect([status, body.entityRefs, body.placements.length]).toEqual([
        200,
        [],
        1,
      ]);
      const other = await get(
        imagePath(IMAGES.payments),
        'user:default/janitor',
      );
      expect(other.status).toBe(404);
    });

    it('says 404 for the digest in another repository', async () => {
      const { status } = await get(
        imagePath({ ...IMAGES.payments, repository: IMAGES.proxy.repository }),
      );
      expect(status).toBe(404);
    });

    it('says 400 for a bad digest and for no repository', async () => {
      const bad = await get(
        imagePath({ ...IMAGES.payments, digest: 'sha256:12' }),
      );
      const none = await get(`/images/${IMAGES.payments.digest}`);
      expect([bad.status, none.status]).toEqual([400, 400]);
      expect(bad.body.error.name).toBe('InputError');
    });
  });

  describe('when components are asked for', () => {
    const path = imagePath(IMAGES.payments, '/components');

    it('lists them by name, as many as the image says', async () => {
      const { status, body } = await get(path);
      const image = await get(imagePath(IMAGES.payments));
      expect(status).toBe(200);
      expect(body.contents).toEqual(image.body.contents);
      expect(image.body.contents).toEqual({
        status: 'present',
        format: 'CycloneDX',
        specVersion: '1.6',
        tool: { name: 'Trivy', version: '0.72.0' },
        components: 3,
        generatedAt: hoursAgo(3),
        platforms: ['linux/amd64'],
      });
      expect(body.total).toBe(3);
      expect(body.items).toContainEqual({
        name: 'openssl',
        version: '3.0.0',
        purl: 'pkg:apk/alpine/openssl@3.0.0',
        type: 'library',
        licences: ['Apache-2.0'],
      });
    });

    it.each([
      ['search=OPENSSL', 1, ['openssl']],
      ['search=gpl-2', 1, ['busybox']],
      ['search=1.36', 1, ['busybox']],
      ['search=opentelemetry', 1, ['api']],
      ['search=pkg%3Aapk', 1, ['openssl']],
      ['search=%25', 0, []],
      ['limit=1&offset=1', 3, ['busybox']],
      ['offset=100', 3, []],
    ])('narrows by %s', async (filter, total, names) => {
      const { body } = await get(`${path}&${filter}`);
      expect(body.total).toBe(total);
      expect(body.items.map((item: { name: string }) => item.name)).toEqual(
        names,
      );
    });

    it('says why there are none', async () => {
      const { status, body } = await get(
        imagePath(IMAGES.proxy, '/components'),
      );
      expect(status).toBe(200);
      expect(body).toEqual({
        contents: { status: 'absent', reason: 'sbomMissing' },
        total: 0,
        items: [],
      });
    });

    it('answers 404 for an image nobody runs, and 400 for no digest', async () => {
      const unknown = `sha256:${'0'.repeat(64)}`;
      const { repository } = IMAGES.payments;
      const rest = `components?repository=${encodeURIComponent(repository)}`;
      expect((await get(`/images/${unknown}/${rest}`)).status).toBe(404);
      expect((await get(`/images/latest/${rest}`)).status).toBe(400);
    });
  });

  describe('when vulnerabilities are asked for', () => {
    const idsOf = (body: { items: { id: string }[] }) =>
      body.items.map(item => item.id.slice(-1)).join('');
    const path = imagePath(IMAGES.payments, '/vulnerabilities');

    it('lists the worst first, as many as the image says', async () => {
      const { body } = await get(path);
      const image = await get(imagePath(IMAGES.payments));
      expect([body.total, idsOf(body)]).toEqual([4, '1243']);
      const { counts } = image.body.vulnerabilities;
      expect(
        Object.values(counts as Record<string, number>).reduce(
          (sum, count) => sum + count,
        ),
      ).toBe(body.total);
    });

    it.each([
      ['severity=critical', 2, '12'],
      ['fixable=true', 2, '14'],
      ['fixable=false', 2, '23'],
      ['search=OPENSSL', 1, '1'],
      ['search=overflow', 1, '1'],
      ['limit=1&offset=1', 4, '2'],
      ['offset=100', 4, ''],
    ])('narrows by %s', async (filter, total, ids) => {
      const { body } = await get(`${path}&${filter}`);
      expect([body.total, idsOf(body)]).toEqual([total, ids]);
    });

    it('adds when each was first seen and first fixable', async () => {
      await router.knex('vulnerability_clocks').insert({
        known_since: hoursAgo(200),
        repository: IMAGES.payments.repository,
        clocks: JSON.stringify([
          {
            firstSeenAt: hoursAgo(90),
            firstFixableAt: hoursAgo(80),
            lastSeenAt: hoursAgo(2),
            seenBy: [
              ['Clair', hoursAgo(90)],
              ['Trivy', hoursAgo(85)],
            ],
            keys: ['CVE-2026-0001|openssl'],
          },
        ]),
      });
      const { body } = await get(path);
      expect(body.items[0]).toMatchObject({
        firstSeenAt: hoursAgo(90),
        firstFixableAt: hoursAgo(80),
        sources: [{ scanner: 'Trivy', firstSeenAt: hoursAgo(85) }],
        severityReason: { scanner: 'Trivy', differs: false },
      });
      expect(body.items[1].firstSeenAt).toBeUndefined();
    });

    describe('and a catalogue of what is exploited is loaded', () => {
      const load = async (releasedAt: string) => {
        await router.knex('exploit_data').insert({
          kind: 'knownExploited',
          source: 'kev.json',
          next_check_at: '',
          version: '1',
          dated_at: releasedAt,
          entries: 1,
          digest: '1',
        });
        await router.knex('known_exploited').insert({
          id: 'CVE-2026-0002',
          date_added: '2026-05-01',
          due_date: '2026-05-22',
          ransomware: true,
        });
      };

      it('lists what is exploited first, and narrows to it', async () => {
        await load(hoursAgo(24));
        const { body } = await get(path);
        expect(idsOf(body)).toMatch(/^2/);
        expect(body.items[0].exploited).toEqual({
          id: 'CVE-2026-0002',
          dateAdded: '2026-05-01',
          dueDate: '2026-05-22',
          ransomware: true,
        });
        expect(body.items[1]).not.toHaveProperty('exploited');
        expect(body.exploitData).toEqual({
          knownExploited: { releasedAt: hoursAgo(24), outdated: false },
        });
        const only = await get(`${path}&exploited=true`);
        expect([only.body.total, idsOf(only.body)]).toEqual([1, '2']);
        const others = await get(`${path}&exploited=false`);
        expect(others.body.total).toBe(3);
      });

      it('says that it is too old for what it leaves out to mean anything', async () => {
        await load(hoursAgo(24 * 30));
        const { body } = await get(path);
        expect(body.exploitData.knownExploited.outdated).toBe(true);
        const image = await get(imagePath(IMAGES.payments));
        expect(image.body.exploitData).toEqual(body.exploitData);
        const others = await get(`${path}&exploited=false`);
        expect([others.status, others.body.error.reason]).toEqual([
          409,
          'exploitDataOutdated',
        ]);
      });
    });

    it('lists nothing for an image that was never scanned', async () => {
      const { body } = await get(imagePath(IMAGES.proxy, '/vulnerabilities'));
      expect(body).toEqual({ total: 0, items: [], exploitData: {} });
    });
  });

  it('tells the history of an image, newest first, in pages', async () => {
    const path = imagePath(IMAGES.payments, '/history');
    const { body } = await get(path);
    expect(body).toMatchObject({
      total: 3,
      items: [
        {
          kind: 'provenance',
          status: 'verified',
          previousStatus: 'absent',
          level: 1,
          previousLevel: 0,
          source: 'https://github.com/acme/payments',
        },
        { kind: 'verdict', outcome: 'fail', previousOutcome: 'pass' },
        { kind: 'firstSeen', at: hoursAgo(48) },
      ],
    });
    const second = await get(`${path}&limit=1&offset=2`);
    expect(second.body).toMatchObject({
      total: 3,
      items: [{ kind: 'firstSeen' }],
    });
  });
});
