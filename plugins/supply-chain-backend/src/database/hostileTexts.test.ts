import {
  Digest,
  JudgedImage,
  SbomDetail,
} from 'backstage-plugin-supply-chain-common';
import {
  ObservedPolicyReport,
  ObservedReport,
} from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import {
  digestOf,
  examplePod,
  exampleReport,
  exampleSbom,
  VERIFIED,
} from '../__testUtils__/examples';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { SourceStore } from '../stores/SourceStore';
import { CachedLinker } from './CachedLinker';
import { textHash } from './contentHash';
import { createPolicyReportStore } from './createPolicyReportStore';
import { createReportStore } from './createReportStore';
import { createSbomStore } from './createSbomStore';
import { DatabaseLeaseStore } from './DatabaseLeaseStore';
import { DatabasePodStore } from './DatabasePodStore';
import { DatabaseSourceHealthStore } from './DatabaseSourceHealthStore';
import { writeJudgements } from './operations/verdicts/writeJudgements';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2026-05-02T00:00:00.000Z');

/** What PostgreSQL keeps in no text, or in no index; nothing in it repeats, so that it cannot be packed either. */
const TEXTS: [string, string][] = [
  ['a NUL', 'web\u0000'],
  [
    'what is far too long',
    Array.from({ length: 1_000 }, (_, index) => textHash(`${index}`)).join(''),
  ],
  [
    'what is too long in bytes',
    Array.from({ length: 2_500 }, (_, index) =>
      String.fromCharCode(0x4e00 + ((index * 7_919) % 20_000)),
    ).join(''),
  ],
  ['half a character', 'web\ud83d'],
];

/** A text in every place of a report where somebody else may have written it. */
function hostile<T extends 'vulnerabilities' | 'sbom'>(
  report: ObservedReport<T>,
  text: string,
): ObservedReport<T> {
  return {
    ...report,
    namespace: text,
    controller: { kind: text, name: text },
    container: text,
    evidence: { ...report.evidence, message: text },
  };
}

describe.each(databases.eachSupportedId())('what is hostile, on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
  });

  const write = async <T>(store: SourceStore<T>, ...items: T[]) => {
    const lease = await DatabaseLeaseStore.create({ knex }).acquire({
      feed: 'feed',
      source: 'east',
      holder: 'me',
      timeToLiveMs: 60_000,
    });
    const changed = await store.upsert(lease!, items);
    // What was written is recognised, so that it is not written for ever.
    expect(await store.upsert(lease!, items)).toBe(false);
    expect(await store.knownVersions(lease!)).toHaveProperty(
      'size',
      items.length,
    );
    return changed;
  };

  it.each(TEXTS)('does not stop scanner reports: %s', async (_, text) => {
    const first = hostile(exampleReport({ uid: 'a' }), text);
    const { detail } = first.evidence;
    detail!.artifact = { repository: text, digest: text as Digest };
    detail!.platform = text;
    detail!.findings[0] = {
      ...detail!.findings[0],
      id: text,
      title: text,
      packageName: text,
    };
    const store = createReportStore({ knex, now: () => NOW });
    const refused = hostile(exampleReport({ uid: 'c' }), text);
    refused.evidence.status = 'invalid';
    refused.evidence.reason = 'malformedReport';
    delete refused.evidence.detail;
    const good = exampleReport({ uid: 'b' });
    expect(await write(store, first, good, refused)).toBe(true);
  });

  it.each(TEXTS)('does not stop SBOMs: %s', async (_, text) => {
    const first = hostile(exampleSbom({ uid: 'a', platform: text }), text);
    const detail = first.evidence.detail as SbomDetail;
    detail.artifact = { repository: text, digest: text as Digest };
    detail.components[0] = { ...detail.components[0], name: text };
    const store = createSbomStore({ knex });
    expect(await write(store, first, exampleSbom({ uid: 'b' }))).toBe(true);
  });

  it.each(TEXTS)('does not stop reports of enforcers: %s', async (_, text) => {
    const store = createPolicyReportStore({ knex });
    const report: ObservedPolicyReport = {
      uid: 'a',
      resourceVersion: '1',
      objects: [
        {
          uid: text,
          evidence: {
            subject: {
              type: 'workload',
              cluster: 'east',
              namespace: text,
              kind: text,
              name: text,
            },
            collector: 'policy-reports',
            kind: 'policyReport',
            status: 'present',
            observedAt: NOW.toISOString(),
            detail: { results: [] } as never,
          },
        },
      ],
    };
    expect(await write(store, report)).toBe(true);
  });

  it.each(TEXTS)('hides no pod that runs it: %s', async (_, text) => {
    const linker = new CachedLinker();
    const store = DatabasePodStore.create({
      knex,
      linker: transaction => linker.read(transaction),
      now: () => NOW,
    });
    const pod = examplePod({ uid: 'a', imageRef: text });
    const [container] = pod.containers;
    pod.workload = { kind: text, name: text };
    pod.controller = { kind: text, name: text, uid: 'x' };
    pod.platform = text;
    pod.containers.push(
      { ...container, name: text, imageRef: text, waitingReason: text },
      { ...container, name: 'side', imageRef: text, imageID: text },
    );
    expect(await write(store, pod, examplePod({ uid: 'b' }))).toBe(true);
    const images = await knex('running_images').where({ running: true });
    expect(images).toHaveLength(4);
    expect(
      images.filter(({ digest }) => digest === digestOf('a')),
    ).toHaveLength(3);
  });

  it.each(TEXTS)('does not stop verdicts: %s', async (_, text) => {
    const signer = { ...VERIFIED, scheme: 'cosign', identity: text };
    const judged = {
      key: 'a@sha256:00',
      imageRef: text,
      repository: 'a',
      digest: 'sha256:00',
      counted: true,
      running: true,
      outcome: 'fail',
      verdicts: [],
      answers: {},
      provenance: { status: 'claimed', source: text },
      signers: [{ ...signer, signer: text }],
      fixableCritical: 0,
      fixableCriticalOverdue: 0,
      evaluatedAt: NOW.toISOString(),
    } as unknown as JudgedImage;
    const finding = {
      packageName: text,
      installedVersion: text,
      severity: 'critical' as const,
      sources: [],
      clockKeys: [],
    };
    const findings = [
      { ...finding, id: text, title: text, aliases: [text] },
      // What differs only beyond what is kept is one vulnerability.
      { ...finding, id: `${text}2`, title: text },
      { ...finding, id: 'CVE-2026-0001', title: 'openssl' },
    ];
    await knex.transaction(transaction =>
      writeJudgements({
        transaction,
        judged: [
          {
            task: {
              runningImageId: 'run-1',
              attempts: 0,
              ticket: 't',
              lease: 'l',
            },
            judgements: [
              {
                entityRef: 'component:default/web',
                evaluation: { outcome: 'fail', verdicts: [] },
                judged,
                findings,
              },
            ],
          },
        ],
      }),
    );
    expect(await knex('vulnerabilities').pluck('name')).toContain(
      'CVE-2026-0001',
    );
    expect(await knex('image_signers')).toHaveLength(1);
  });

  it.each(TEXTS)('does not stop what sources say: %s', async (_, text) => {
    await DatabaseSourceHealthStore.create({ knex }).report('trivy', {
      kind: 'scanner',
      name: 'east',
      state: 'degraded',
      reason: 'malformedReport',
      message: text,
    });
    expect(await knex('source_health')).toHaveLength(1);
  });
});
