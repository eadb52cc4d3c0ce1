import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { IMAGES, originOf, scanOf } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { openVex } from '../__testUtils__/openVex';
import { imagePath } from '../__testUtils__/paths';
import { digestOf, hoursAgo } from '../__testUtils__/StoredWorld';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const { repository, digest } = IMAGES.payments;
const PLACE = { cluster: 'prod-eu', namespace: 'shop' };
const PRODUCT = `pkg:oci/payments@${encodeURIComponent(digest)}`;

/** Whoever hands VEX in is believed. */
function believing(set: PolicySet): PolicySet {
  return {
    ...set,
    policies: set.policies.map(policy => ({
      ...policy,
      rules: policy.rules.map(rule =>
        rule.use === 'no-fixable-vulnerability'
          ? {
              ...rule,
              with: { ...rule.with, vexMinTrust: 'tokenUpload' as const },
            }
          : rule,
      ),
    })),
  };
}

describe.each(databases.eachSupportedId())('what VEX sets aside, on %s', id => {
  const router = useExampleRouter({ databases, id });
  const putVex = async (document: string) => {
    const about = { entity: REFS.payments, repository, digest };
    const path = `/evidence/vex?${new URLSearchParams(about)}`;
    const { status } = await router.put(path, undefined, document);
    expect(status).toBe(200);
  };

  beforeEach(() => router.open({ policySet: believing(router.policySet) }));

  it('makes a place no worse than what counts there', async () => {
    const scan = scanOf(IMAGES.payments);
    const purl = 'pkg:deb/debian/libz@1.0';
    await router.knex('reports').delete();
    await router.world.addReport({
      ...PLACE,
      workload: 'payments',
      evidence: {
        ...scan,
        detail: {
          ...scan.detail!,
          findings: [
            ...scan.detail!.findings,
            {
              id: 'CVE-2026-0003',
              packageName: 'libz',
              purl,
              installedVersion: '1.0',
              severity: 'critical',
            },
          ],
        },
      },
    });
    const severity = async () => {
      const { body } = await router.get('/vulnerabilities/CVE-2026-0003');
      return body.items[0].severity;
    };
    expect(await severity()).toBe('critical');
    const products = [{ '@id': PRODUCT, subcomponents: [{ '@id': purl }] }];
    await putVex(openVex({ id: 'CVE-2026-0003', statement: { products } }));
    expect(await severity()).toBe('low');
  });

  it('counts in a comparison for nothing, and is shown there', async () => {
    const before = { repository, digest: digestOf('5') };
    const scan = scanOf(before);
    const findings = scan.detail!.findings.filter(
      each => each.id !== 'CVE-2026-0002',
    );
    const evidence = { ...scan, detail: { ...scan.detail!, findings } };
    await router.world.addRun({
      ...PLACE,
      ...before,
      workload: 'payments',
      tag: '1.2.2',
      entityRefs: [REFS.payments],
      running: false,
      firstSeen: hoursAgo(100),
      lastSeen: hoursAgo(48),
      scans: [evidence],
    });
    await router.world.addEvidence(originOf(before, []));
    await router.world.addReport({
      ...PLACE,
      workload: 'payments-before',
      evidence,
    });
    const compare = async () => {
      const path = imagePath(IMAGES.payments, '/comparison');
      const other = encodeURIComponent(before.digest);
      return (await router.get(`${path}&withDigest=${other}`)).body;
    };
    expect(await compare()).toMatchObject({
      counts: { new: { critical: 1 } },
      notAffected: 0,
      items: [{ change: 'new' }, {}, {}, {}],
    });
    await putVex(openVex({ id: 'CVE-2026-0002', product: PRODUCT }));
    const { counts, notAffected, items } = await compare();
    expect(counts.new.critical).toBe(0);
    expect(notAffected).toBe(1);
    expect(items[0]).toMatchObject({
      change: 'new',
      after: {
        id: 'CVE-2026-0002',
        notAffected: true,
        vex: [{ status: 'notAffected', counts: true }],
      },
    });
  });
});
