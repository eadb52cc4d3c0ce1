import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { UploadRow } from '../../database/tables';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { digestOf, hoursAgo } from '../__testUtils__/StoredWorld';
import { DENY, ownedBy } from '../__testUtils__/testPermissions';
import { trivyReport } from '../__testUtils__/trivyReport';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const { repository, digest } = IMAGES.payments;
const ABOUT = { entity: REFS.payments, repository, digest };
const pathOf = (
  change: Record<string, string> = {},
  kind = 'vulnerabilities',
) => `/evidence/${kind}?${new URLSearchParams({ ...ABOUT, ...change })}`;
const named = `${repository}@${digest}`;
const report = trivyReport({ repoDigest: named, fixable: ['CVE-2026-9'] });
const sarif = readFileSync(
  join(
    __dirname,
    '../../../../supply-chain-common/src/vulnerabilities/sarif/__fixtures__/web-1.0.0.sarif',
  ),
  'utf8',
).replaceAll(/@sha256:[0-9a-f]{64}/g, `@${digest}`);

describe.each(databases.eachSupportedId())(
  'the route of evidence on %s',
  id => {
    const uploaded = jest.fn();
    const router = useExampleRouter({ databases, id });
    const rows = () => router.knex<UploadRow>('uploads');
    const work = () =>
      router.knex('verdict_work').select('running_image_id', 'ticket');

    beforeEach(async () => {
      uploaded.mockClear();
      await router.open({
        onUploaded: uploaded,
        readers: {
          'user:default/pipeline': { 'supply-chain.upload': DENY },
          'user:default/stranger': { 'supply-chain.read': DENY },
          'user:default/other': {
            'supply-chain.upload': ownedBy('group:default/nobody'),
          },
        },
      });
    });

    it('stores a report, has what runs judged again, and says what is stored', async () => {
      await router.knex('verdict_work').delete();
      const { status, body } = await router.put(pathOf(), undefined, report);
      expect([status, body]).toEqual([
        200,
        {
          status: 'created',
          kind: 'vulnerabilities',
          format: 'trivy',
          entityRef: REFS.payments,
          repository,
          digest,
          trust: 'tokenUpload',
          origin: 'Trivy',
          madeAt: hoursAgo(1),
          uploadedAt: hoursAgo(0),
        },
      ]);
      expect(await work()).toHaveLength(1);
      expect(uploaded).toHaveBeenCalledTimes(1);
      expect(router.example.audited).toContainEqual(
        expect.objectContaining({
          eventId: 'evidence-upload',
          ended: 'success',
        }),
      );
    });

    it('is changed by the same bytes in nothing', async () => {
      await router.put(pathOf(), undefined, report);
      const before = [await rows(), await work()];
      const { status, body } = await router.put(pathOf(), undefined, report);
      expect([status, body.status]).toEqual([200, 'unchanged']);
      expect([await rows(), await work()]).toEqual(before);
      expect(uploaded).toHaveBeenCalledTimes(1);
    });

    it('takes a newer report of the scanner and keeps it from an older one', async () => {
      const older = trivyReport({ createdAt: hoursAgo(2) });
      const newer = trivyReport({ createdAt: hoursAgo(1) });
      const statuses = [];
      for (const each of [older, newer, older, newer]) {
        const { body } = await router.put(pathOf(), undefined, each);
        statuses.push(body.status);
      }
      expect(statuses).toEqual(['created', 'replaced', 'kept', 'unchanged']);
      expect((await rows()).map(row => row.made_at)).toEqual([hoursAgo(1)]);
    });

    it('takes SARIF with the time of its scan, which the bytes do not say', async () => {
      const scannedAt = (hours: number) =>
        pathOf({ format: 'sarif', scannedAt: hoursAgo(hours) });
      const first = await router.put(scannedAt(3), undefined, sarif);
      expect(first.body).toMatchObject({
        status: 'created',
        format: 'sarif',
        madeAt: hoursAgo(3),
      });
      const statuses = [];
      for (const hours of [3, 1, 2]) {
        const { body } = await router.put(scannedAt(hours), undefined, sarif);
        statuses.push(body.status);
      }
      expect(statuses).toEqual(['unchanged', 'replaced', 'kept']);
      expect((await rows()).map(row => row.made_at)).toEqual([hoursAgo(1)]);
    });

    it('keeps apart who handed in, and for which entity', async () => {
      await router.put(pathOf(), undefined, report);
      await router.put(pathOf(), 'user:default/colleague', report);
      await router.put(pathOf({ entity: REFS.batch }), undefined, report);
      expect(await rows()).toHaveLength(3);
    });

    it('shows it on the page of the image with its origin, and its findings in the list', async () => {
      await router.put(pathOf(), undefined, report);
      const image = `/images/${digest}`;
      const query = `repository=${encodeURIComponent(repository)}`;
      const { body } = await router.get(`${image}?${query}`);
      expect(body.evidence).toContainEqual(
        expect.objectContaining({
          collector: 'upload',
          trust: 'tokenUpload',
          uploadedBy: 'user:default/administrator',
          scope: { entityRef: REFS.payments },
        }),
      );
      const page = await router.get(`${image}/vulnerabilities?${query}`);
      const added = page.body.items.find(
        (each: { id: string }) => each.id === 'CVE-2026-9',
      );
      expect(added.sources).toEqual([
        expect.objectContaining({ scanner: 'Trivy', trust: 'tokenUpload' }),
      ]);
    });

    it('says nothing of the same image to another entity that runs it (L9)', async () => {
      const { proxy } = IMAGES;
      const path = pathOf({ ...proxy, entity: REFS.payments });
      await router.put(
        path,
        undefined,
        trivyReport({ fixable: ['CVE-2026-9'] }),
      );
      const { body } = await router.get('/facts?limit=100');
      const holders = body.items
        .filter((facts: { scans: { trust?: string }[] }) =>
          facts.scans.some(({ trust }) => trust === 'tokenUpload'),
        )
        .map((facts: { entity: { ref: string } }) => facts.entity.ref);
      expect(holders).toEqual([REFS.payments]);
    });

    it('is counted nowhere while the image runs nowhere', async () => {
      const elsewhere = digestOf('7');
      const path = pathOf({ digest: elsewhere });
      const { body } = await router.put(
        path,
        undefined,
        report.replaceAll(digest, elsewhere),
      );
      expect(body.status).toBe('created');
      expect(await work()).toEqual([]);
      const entity = await router.get('/entities/component/default/payments');
      expect(JSON.stringify(entity.body)).not.toContain(elsewhere);
    });

    it.each([
      ['SARIF without a time', pathOf(), sarif, 'malformedReport'],
      [
        'SARIF of a scan to come',
        pathOf({ scannedAt: hoursAgo(-1) }),
        sarif,
        'made before now',
      ],
      [
        'SARIF with something else for a time',
        pathOf({ scannedAt: 'yesterday' }),
        sarif,
        'malformedReport',
      ],
      [
        'an unknown kind',
        pathOf({}, 'secrets'),
        report,
        "the kind 'vulnerabilities' or 'vex', got 'secrets'",
      ],
      [
        'an unknown format',
        pathOf({ format: 'spdx' }),
        report,
        "'trivy' or 'grype' or 'cyclonedx' or 'sarif', got 'spdx'",
      ],
      [
        'another format than it says',
        pathOf({ format: 'grype' }),
        report,
        "expected the format 'grype', got 'trivy'",
      ],
      [
        'a tag for a digest',
        pathOf({ digest: '1.0.0' }),
        report,
        'the digest of an image',
      ],
      [
        'a repository with a tag',
        pathOf({ repository: `${repository}:1` }),
        report,
        'the digest of an image',
      ],
      [
        'no entity reference',
        pathOf({ entity: 'a/b/c' }),
        report,
        'Expected an entity reference',
      ],
      ['what is no report', pathOf(), 'nonsense', 'malformedReport'],
      ['nothing', pathOf(), '', 'malformedReport'],
      [
        'a report about another image',
        pathOf({ digest: digestOf('9') }),
        report,
        'scanOtherDigest',
      ],
      [
        'a report from a time to come',
        pathOf(),
        trivyReport({ createdAt: hoursAgo(-1) }),
        'malformedReport',
      ],
      [
        'a report about no packages',
        pathOf(),
        report.replace('os-pkgs', 'secret'),
        'scanWithoutPackages',
      ],
    ])('refuses %s', async (_what, path, body, message) => {
      const answer = await router.put(path, undefined, body);
      expect([answer.status, answer.body.error.message]).toEqual([
        400,
        expect.stringContaining(message),
      ]);
      expect(await rows()).toEqual([]);
    });

    it('says 403 without the permission, and 404 about an entity that is hidden or not there', async () => {
      const statuses = [];
      for (const user of ['pipeline', 'other', 'stranger']) {
        const { status } = await router.put(
          pathOf(),
          `user:default/${user}`,
          report,
        );
        statuses.push(status);
      }
      const none = await router.put(
        pathOf({ entity: 'component:none' }),
        undefined,
        report,
      );
      expect([...statuses, none.status]).toEqual([403, 403, 404, 404]);
      expect(await rows()).toEqual([]);
    });

    it('takes a packed report', async () => {
      const { body } = await router.put(pathOf(), undefined, gzipSync(report), {
        'Content-Encoding': 'gzip',
        'Content-Type': 'application/octet-stream',
      });
      expect(body.status).toBe('created');
    });

    it.each<[string, string | Buffer, Record<string, string>]>([
      ['what is too large', ' '.repeat(5_000), {}],
      [
        'what is too large once unpacked',
        gzipSync(' '.repeat(500_000)),
        {
          'Content-Encoding': 'gzip',
          'Content-Type': 'application/octet-stream',
        },
      ],
    ])('says 413 to %s', async (_what, body, headers) => {
      await router.open({ config: { uploads: { maxBytes: 4_000 } } });
      const answer = await router.put(pathOf(), undefined, body, headers);
      expect([answer.status, answer.body.error.message]).toEqual([
        413,
        expect.stringContaining('reportTooLarge: expected at most 4000 bytes'),
      ]);
    });

    it('says 409 to who hands in too much about one image', async () => {
      await router.put(pathOf(), undefined, report);
      const [row] = await rows();
      for (let count = 1; count < 50; count += 1) {
        await rows().insert({
          ...row,
          id: `${count}`,
          uploaded_by: `${count}`,
        });
      }
      const { status } = await router.put(
        pathOf(),
        'user:default/one-more',
        report,
      );
      expect(status).toBe(409);
    });

    it('says 429 to who hands in too often', async () => {
      const answers = [];
      for (let count = 0; count < 31; count += 1) {
        answers.push(await router.put(pathOf({}, 'none')));
      }
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(30);
      const last = answers.pop()!;
      expect(last.status).toBe(429);
      expect(last.get('Retry-After')).toMatch(/^[123]$/);
    });
  },
);
