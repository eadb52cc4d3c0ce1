import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { UploadRow } from '../../database/tables';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { openVex } from '../__testUtils__/openVex';
import { digestOf, hoursAgo } from '../__testUtils__/StoredWorld';
import { trivyReport } from '../__testUtils__/trivyReport';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const { repository, digest } = IMAGES.payments;
const ABOUT = { entity: REFS.payments, repository, digest };
const pathOf = (change: Record<string, string> = {}, kind = 'vex') =>
  `/evidence/${kind}?${new URLSearchParams({ ...ABOUT, ...change })}`;
const OCI = `pkg:oci/payments@${encodeURIComponent(digest)}`;
const document = openVex({ product: OCI });

describe.each(databases.eachSupportedId())('VEX on %s', id => {
  const router = useExampleRouter({ databases, id });
  const rows = () => router.knex<UploadRow>('uploads');
  const put = (body: string, path = pathOf()) =>
    router.put(path, undefined, body);
  const findingOf = async (about = `/images/${digest}`) => {
    const query = `repository=${encodeURIComponent(repository)}`;
    const { body } = await router.get(`${about}/vulnerabilities?${query}`);
    return body.items.find((each: { id: string }) => each.id === 'CVE-2026-9');
  };

  beforeEach(() => router.open());

  it('that is handed in is stored, and says what is stored', async () => {
    await router.knex('verdict_work').delete();
    const { status, body } = await put(document);
    expect([status, body]).toEqual([
      200,
      {
        status: 'created',
        kind: 'vex',
        format: 'openvex',
        entityRef: REFS.payments,
        repository,
        digest,
        trust: 'tokenUpload',
        origin: 'https://acme.example/vex/1',
        madeAt: hoursAgo(1),
        uploadedAt: hoursAgo(0),
      },
    ]);
    expect(await router.knex('verdict_work')).toHaveLength(1);
    expect((await put(document)).body.status).toBe('unchanged');
    expect(
      (await put(document.replace('"version":1', '"version":2'))).body,
    ).toMatchObject({ status: 'replaced' });
    expect((await put(document.replace('Acme', 'Other'))).body).toMatchObject({
      status: 'kept',
    });
    expect(await rows()).toHaveLength(1);
  });

  it('is shown beside the finding, and sets nothing aside that the policy asks a signature for', async () => {
    const named = `${repository}@${digest}`;
    const report = trivyReport({ repoDigest: named, fixable: ['CVE-2026-9'] });
    await put(report, pathOf({}, 'vulnerabilities'));
    await put(document);
    const finding = await findingOf();
    expect(finding.vex).toEqual([
      {
        status: 'notAffected',
        justification: 'vulnerable_code_not_in_execute_path',
        statedAt: hoursAgo(1),
        document: 'https://acme.example/vex/1',
        author: 'Acme Security',
        trust: 'tokenUpload',
        by: 'user:default/administrator',
        counts: false,
        reason: 'vexNotTrusted',
      },
    ]);
    expect(finding).not.toHaveProperty('notAffected');
  });

  it('speaks for its entity and its repository alone (L9)', async () => {
    const { proxy } = IMAGES;
    const path = pathOf({ ...proxy, entity: REFS.payments });
    const { body: receipt } = await put(openVex(), path);
    expect(receipt.status).toBe('created');
    const { body } = await router.get('/facts?limit=100');
    const holders = body.items
      .filter((facts: { vex?: object[] }) => facts.vex !== undefined)
      .map((facts: { entity: { ref: string } }) => facts.entity.ref);
    expect(holders).toEqual([REFS.payments]);
  });

  it('names the statements that are applied to nothing', async () => {
    const [statement] = JSON.parse(document).statements;
    const change = {
      statements: [statement, { ...statement, justification: '' }],
    };
    const expected = [
      {
        index: 1,
        reason: 'vexNotJustified',
        message: expect.stringContaining('not_affected'),
      },
    ];
    expect((await put(openVex({ change }))).body.ignored).toEqual(expected);
    expect((await put(openVex({ change }))).body).toMatchObject({
      status: 'unchanged',
      ignored: expected,
    });
  });

  it('may take back everything it stated', async () => {
    await put(document);
    const change = { statements: [], timestamp: hoursAgo(0) };
    expect((await put(openVex({ change }))).body.status).toBe('replaced');
  });

  // prettier-ignore
  it.each([
    ['another format', document, pathOf({ format: 'trivy' }), "the format 'openvex', got 'trivy'"],
    ['a scan', trivyReport(), pathOf(), 'reportFormatUnknown'],
    ['what is no JSON', 'nonsense', pathOf(), 'malformedReport'],
    ['a document about another digest', openVex({ product: OCI }), pathOf({ digest: digestOf('9') }), 'vexOtherImage'],
    ['a document about another repository', openVex({ product: 'pkg:oci/web?repository_url=registry.acme.example/else/web' }), pathOf(), 'vexOtherImage'],
    ['a document about a tag', openVex({ product: 'pkg:oci/payments?tag=1' }), pathOf(), 'vexOtherImage'],
    ['a document that gives no reason', openVex({ product: OCI, statement: { justification: undefined } }), pathOf(), 'vexNotJustified: statement 0'],
    ['a document without a status', openVex({ product: OCI, statement: { status: 'fine' } }), pathOf(), 'vexStatementMalformed: statement 0'],
    ['a document from a time to come', openVex({ product: OCI, change: { timestamp: hoursAgo(-1) } }), pathOf(), 'vexNotYet'],
  ])('is refused where it is %s', async (_what, body, path, message) => {
    const answer = await put(body, path);
    expect([answer.status, answer.body.error.message]).toEqual([
      400,
      expect.stringContaining(message),
    ]);
    expect(await rows()).toEqual([]);
  });

  it('is no scan, whatever was handed in before', async () => {
    await put(document);
    const answer = await put(document, pathOf({}, 'vulnerabilities'));
    expect(answer.status).toBe(400);
  });
});
