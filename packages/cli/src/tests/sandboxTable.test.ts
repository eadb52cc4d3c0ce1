import {
  DeployedContainer,
  FREE_SANDBOX_PORTS,
  SANDBOX_SERVICES,
  SANDBOX_UNLINKED,
  Sandbox,
  SandboxContainer,
  SandboxWorkload,
  startSandbox,
} from 'sandbox';
import { runForTest, TestRun } from '../__testUtils__/runForTest';
import { VerifyReport } from '../report';

// Every image of the sandbox as the command line sees it: where it runs is not known here, only what its registry says.
// Each run starts a worker thread, which compiles its sources first.
jest.setTimeout(60_000);

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
});

afterAll(() => sandbox.stop());

const verify = (...images: string[]) =>
  runForTest([
    'verify',
    ...images,
    ...['--policy', sandbox.policyFile, '--output', 'json'],
    ...['--insecure-registry', sandbox.registry.host],
    ...['--insecure-registry', sandbox.vendor.host],
    ...['--insecure-registry', sandbox.notary.host],
  ]);

type Row = { name: string; service: string; definition: SandboxContainer };

const rowsOf = (name: string, workload: SandboxWorkload): Row[] =>
  workload.containers.map(definition => ({
    service: name,
    name: `${name}: ${definition.image.repository}:${definition.image.tag}`,
    definition,
  }));

const rows: Row[] = [
  ...SANDBOX_SERVICES.flatMap(service =>
    service.workloads.flatMap(workload => rowsOf(service.name, workload)),
  ),
  ...SANDBOX_UNLINKED.flatMap(workload => rowsOf('no service', workload)),
];

function deployed({ definition }: Row): DeployedContainer {
  return sandbox.world
    .workloads()
    .flatMap(({ containers }) => containers)
    .find(container => container.definition === definition)!;
}

/** What the table says about signature and provenance alone. */
function expectedOf({ definition }: Row) {
  const { signature, provenance, reasons } = definition.expected;
  // What was built before is remembered by those who keep state.
  const outcome = reasons.includes('workflowChanged')
    ? 'pass'
    : definition.expected.outcome;
  if (
    provenance ||
    outcome === 'waived' ||
    reasons.includes('contentTrustOnly')
  ) {
    return { signature, outcome, exitCode: outcome === 'fail' ? 1 : 0 };
  }
  switch (signature.status) {
    case 'verified':
      return { signature, outcome: 'pass', exitCode: 0 };
    case 'unavailable':
      return { signature, outcome: 'unknown', exitCode: 3 };
    default:
      return { signature, outcome: 'fail', exitCode: 1 };
  }
}

/**
 * Groups of rows that one run can answer: each would end it alike, and no repository comes twice, as images of one repository are
 * told against each other.
 */
function batchesOf(): Row[][] {
  const batches: Row[][] = [];
  for (const each of rows) {
    const batch = batches.find(
      ([first, ...others]) =>
        expectedOf(first).exitCode === expectedOf(each).exitCode &&
        [first, ...others].every(
          other =>
            other.definition.image.repository !==
            each.definition.image.repository,
        ),
    );
    if (batch) {
      batch.push(each);
    } else {
      batches.push([each]);
    }
  }
  return batches;
}

const BATCHES = batchesOf();

type Referenced = { run: TestRun; result: VerifyReport['results'][number] };

/** Verifies the rows of a batch together, once, and gives the result of one. */
function verifierOf(
  referenceOf: (row: Row) => string,
): (row: Row) => Promise<Referenced> {
  const runs = new Map<string, Promise<TestRun>>();
  return async row => {
    const batch = BATCHES.find(each => each.includes(row))!;
    const references = batch.map(referenceOf);
    const key = references.join(' ');
    const running = runs.get(key) ?? verify(...references);
    runs.set(key, running);
    const run = await running;
    return { run, result: run.report().results[batch.indexOf(row)] };
  };
}

function byTag(row: Row): string {
  const { registry, definition } = deployed(row);
  const { repository, tag } = definition.image;
  return `${registry.host}/${repository}:${tag}`;
}

/** The digest nodes report. */
function digestOf(row: Row): string {
  const { definition, image } = deployed(row);
  return definition.reports === 'index'
    ? image.top.digest
    : image.platforms.arm64.digest;
}

describe('an image of the sandbox', () => {
  const verifyByTag = verifierOf(byTag);
  const verifyByDigest = verifierOf(row => `${byTag(row)}@${digestOf(row)}`);

  it.each(rows)('$name by tag', async row => {
    const { signature, outcome, exitCode } = expectedOf(row);
    const { status } = signature;

    const { run, result } = await verifyByTag(row);

    expect(result.image).toBe(byTag(row));
    expect(result).toMatchObject({
      outcome,
      digestSource: status === 'unavailable' ? 'none' : 'tagResolvedNow',
      signature: { status },
    });
    expect(result.signature.reason).toBe(
      'reason' in signature ? signature.reason : undefined,
    );
    expect(run.exitCode).toBe(exitCode);
    expect(run.stderr).toBe('');
  });

  it.each(rows)('$name by the digest its nodes report', async row => {
    const { registry, definition } = deployed(row);
    const { signature, outcome, exitCode } = expectedOf(row);
    const { repository } = definition.image;

    const { run, result } = await verifyByDigest(row);

    expect(result).toMatchObject({
      outcome,
      digestSource: 'specDigest',
      subject: {
        repository: `${registry.host}/${repository}`,
        digest: digestOf(row),
      },
      signature: { status: signature.status },
    });
    expect(result.signature.reason).toBe(
      'reason' in signature ? signature.reason : undefined,
    );
    const relations = result.signature.signatures
      .filter(({ status }) => status === 'verified')
      .map(({ relation }) => relation);
    expect(relations[0]).toBe(
      'relation' in signature ? signature.relation : undefined,
    );
    const finding = result.findings.find(
      ({ ruleId }) => ruleId === 'image-signed',
    )!;
    expect(finding).toMatchObject({
      outcome: signature.status === 'verified' ? 'pass' : outcome,
    });
    expect(finding.reason).toBe(
      'reason' in signature ? signature.reason : undefined,
    );
    expect(run.exitCode).toBe(exitCode);
  });

  it.each(rows.filter(({ definition }) => definition.expected.provenance))(
    '$name says how it was made',
    async row => {
      const { registry, image } = deployed(row);
      const { definition } = row;
      const { repository, tag } = definition.image;
      const { digest } = image.platforms.amd64;

      const run = await verify(
        `${registry.host}/${repository}:${tag}@${digest}`,
        ...['--source-repository', `https://github.com/acme/${row.service}`],
      );

      const [result] = run.report().results;
      expect(result.provenance).toMatchObject(definition.expected.provenance!);
      const reasons = result.findings.flatMap(({ reason }) => reason ?? []);
      expect([...new Set(reasons)].sort()).toEqual(
        definition.expected.reasons
          .filter(reason => reason !== 'workflowChanged')
          .sort(),
      );
    },
  );

  it('all of them at once: each in its place, and the worst decides', async () => {
    const references = rows.map(byTag);

    const run = await verify(...references);

    const { results } = run.report();
    expect(results.map(({ image }) => image)).toEqual(references);
    // Looked at together, images of one repository are told against each other.
    const accepted = rows.map(row =>
      row.definition.expected.reasons.includes('workflowChanged')
        ? ['pass', 'warn']
        : [expectedOf(row).outcome],
    );
    results.forEach(({ outcome }, index) =>
      expect(accepted[index]).toContain(outcome),
    );
    expect(run.exitCode).toBe(1);
  });
});
