import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { SANDBOX_SERVICES, type SandboxContainer } from 'sandbox';
import {
  eventually,
  openApi,
  type ApiClient,
  type EntityReport,
  type ImageRow,
} from './api';
import { openBrowser, screenshot, type TestBrowser } from './browser';
import { signIn, startPortal, type Portal } from './portal';
import { openSandboxControl, type SandboxControl } from './sandboxControl';

const OUTCOME_WORDS: Record<string, string> = {
  pass: 'Compliant',
  warn: 'Warning',
  fail: 'Not compliant',
  unknown: "Can't tell",
  waived: 'Waived until .+',
  notApplicable: 'Not covered',
};

const SIGNATURE_WORDS: Record<string, string> = {
  verified: 'Verified',
  unsigned: 'Unsigned',
  untrustedSigner: 'Untrusted signer',
  invalid: 'Invalid',
  unavailable: "Can't tell",
};

type Shown = {
  service: (typeof SANDBOX_SERVICES)[number];
  workload: (typeof SANDBOX_SERVICES)[number]['workloads'][number];
  container: SandboxContainer;
};

const shown: Shown[] = SANDBOX_SERVICES.flatMap(service =>
  service.workloads.flatMap(workload =>
    workload.containers.map(container => ({ service, workload, container })),
  ),
);

function rowOf(report: EntityReport, one: Shown): ImageRow {
  const { service, workload, container } = one;
  const row = report.images.find(
    image =>
      image.imageRef.includes(`:${container.image.tag}`) &&
      image.placements.some(
        place =>
          place.container === container.name &&
          place.cluster === workload.cluster &&
          place.workloadName === (workload.name ?? service.name),
      ),
  );
  assert.ok(row, `expected a row for container '${container.name}'`);
  return row;
}

function reasonsOf(row: ImageRow): string[] {
  const findings = row.verdicts
    .flatMap(verdict => verdict.findings)
    .filter(({ outcome }) => !['pass', 'notApplicable'].includes(outcome));
  return [...new Set(findings.map(({ reason }) => reason ?? ''))].sort();
}

/** A build is told against the one before it as soon as both have been looked at. */
function tellsEveryChange(service: string, images: ImageRow[]): boolean {
  const changes = shown.filter(
    one =>
      one.service.name === service &&
      one.container.expected.reasons.includes('workflowChanged'),
  );
  return changes.every(one =>
    images.some(
      image =>
        image.imageRef.includes(`:${one.container.image.tag}`) &&
        reasonsOf(image).includes('workflowChanged'),
    ),
  );
}

/** Clair comes after the rest; what only it can say is waited for. */
function tellsWhatClairSays(service: string, images: ImageRow[]): boolean {
  const said: Partial<Record<string, (image: ImageRow) => boolean>> = {
    disagrees: ({ vulnerabilities }) =>
      vulnerabilities?.scanner === 'Clair, Trivy',
    unfinished: ({ vulnerabilities }) =>
      vulnerabilities?.status === 'unavailable',
  };
  return shown
    .filter(one => one.service.name === service)
    .flatMap(one => said[one.container.clair ?? ''] ?? [])
    .every(holds => images.some(holds));
}

// Not the options of a filter, which hold every word on every page.
function word(content: Locator, text: string): Locator {
  return content
    .locator('span:visible', { hasText: new RegExp(`^${text}$`) })
    .first();
}

/** What is compared of the command line's report. */
type CommandLineResult = {
  image: string;
  signature: { status: string; reason?: string };
  provenance?: { status: string; level: number; source?: string };
};

describe('every state of the sandbox', () => {
  const opened = {} as {
    portal: Portal;
    browser: TestBrowser;
    api: ApiClient;
    control: SandboxControl;
  };
  const reports = new Map<string, EntityReport>();

  before(async () => {
    opened.portal = await startPortal();
    opened.api = await openApi(opened.portal.url);
    opened.control = openSandboxControl(opened.portal.stateDirectory);
    opened.browser = await openBrowser();
    await signIn(opened.browser.page, opened.portal.url);
    const { api } = opened;
    for (const { name, workloads } of SANDBOX_SERVICES) {
      const report = await eventually(
        () => api.get<EntityReport>(`/entities/component/default/${name}`),
        ({ images, pending, otherEnforcers }) =>
          pending === 0 &&
          workloads.some(each => each.otherEnforcers) ===
            (otherEnforcers !== undefined) &&
          (workloads.length === 0 || images.length > 0) &&
          images.every(image => image.verdicts.length > 0) &&
          tellsEveryChange(name, images) &&
          tellsWhatClairSays(name, images),
        60_000,
      );
      reports.set(name, report);
    }
  });

  after(async () => {
    await opened.browser?.close();
    await opened.portal?.stop();
  });

  for (const one of shown) {
    const { service, workload, container } = one;
    it(`${service.name}: ${service.shows} (${container.name} in ${workload.cluster})`, () => {
      const row = rowOf(reports.get(service.name)!, one);
      const { expected } = container;
      assert.equal(row.outcome, expected.outcome);
      assert.equal(row.counted, expected.counted);
      if (expected.counted) {
        assert.deepEqual(reasonsOf(row), [...expected.reasons].sort());
      }
      const { status, reason, relation } = row.signature ?? { status: '' };
      assert.deepEqual(
        { status, ...(reason && { reason }) },
        expected.signature.status === 'verified'
          ? { status: 'verified' }
          : expected.signature,
      );
      if (expected.signature.status === 'verified') {
        assert.equal(relation, expected.signature.relation);
        const scheme = expected.signature.scheme ?? 'cosign';
        assert.equal(row.signature?.scheme, scheme);
      }
      const { status: madeBy, level, source } = row.provenance ?? {};
      assert.deepEqual(
        row.provenance && { status: madeBy, level, source },
        expected.provenance,
      );
      assert.equal(row.vulnerabilities?.status, expected.vulnerabilities);
      for (const [severity, count] of Object.entries(
        expected.severities ?? {},
      )) {
        assert.equal(row.vulnerabilities?.counts?.[severity], count, severity);
      }
    });
  }

  for (const { name, workloads } of SANDBOX_SERVICES) {
    const [plan] = workloads.flatMap(each => each.otherEnforcers ?? []);
    it(`${name}: what other enforcers say, each violation once`, () => {
      const { results = [], notes = [] } =
        reports.get(name)?.otherEnforcers ?? {};
      const { expected = { results: [], leftOut: [] } } = plan ?? {};
      assert.deepEqual(
        results.map(({ source, policy, rule, result }) => ({
          source,
          policy,
          rule,
          result,
        })),
        expected.results,
      );
      assert.deepEqual(
        notes.map(({ source, results: count }) => ({ source, results: count })),
        expected.leftOut,
      );
    });
  }

  it('has a service where nothing runs', () => {
    assert.equal(reports.get('reports')?.state, 'neverSeen');
  });

  for (const { name, shows } of SANDBOX_SERVICES) {
    it(`shows on the page of ${name} what the API says: ${shows}`, async () => {
      const { page } = opened.browser;
      const report = reports.get(name)!;
      await page.goto(
        `${opened.portal.url}/catalog/default/component/${name}/supply-chain`,
      );
      await page
        .getByText('Demo data from the sandbox')
        .waitFor({ timeout: 30_000 });
      const content = page.getByRole('main').last();
      if (report.state === 'running') {
        await word(content, OUTCOME_WORDS[report.outcome]).waitFor();
      }
      for (const image of report.images) {
        const status = image.signature?.status;
        if (status) {
          await word(content, SIGNATURE_WORDS[status]).waitFor();
        }
      }
      await screenshot(page, `state-${name}`);
    });
  }

  for (const one of shown.filter(
    ({ container }) => container.expected.provenance,
  )) {
    const { service, container } = one;
    it(`shows how the image of ${service.name} was made: ${container.image.tag}`, async () => {
      const { page } = opened.browser;
      const { repository, digest } = rowOf(reports.get(service.name)!, one);
      const query = new URLSearchParams({
        repository: repository!,
        tab: 'provenance',
      });
      await page.goto(
        `${opened.portal.url}/supply-chain/images/${digest}?${query}`,
      );
      const { source, status, level } = container.expected.provenance!;
      // The page of an image stands outside the catalog's main part.
      const content = page.locator('[data-supply-chain]');
      await content
        .getByText(source!.slice('https://'.length))
        .first()
        .waitFor();
      const said =
        status === 'mismatch'
          ? 'contradicts the certificate'
          : `SLSA Build level ${level}, ${status}`;
      await content.getByText(said).first().waitFor();
      await screenshot(
        page,
        `provenance-${service.name}-${container.image.tag}`,
      );
    });
  }

  describe('says the same by the command line:', () => {
    const said = new Map<string, CommandLineResult>();

    before(() => {
      const images = shown.map(
        one => rowOf(reports.get(one.service.name)!, one).imageRef,
      );
      const run = spawnSync(
        process.execPath,
        [
          resolve('packages/cli/bin/supply-chain'),
          'verify',
          ...new Set(images),
          '--policy',
          opened.control.policyFile,
          '--output',
          'json',
          ...opened.control.registryHosts.flatMap(host => [
            '--insecure-registry',
            host,
          ]),
        ],
        { encoding: 'utf8', timeout: 120_000 },
      );
      assert.ok(run.stdout, run.stderr);
      const { results }: { results: CommandLineResult[] } = JSON.parse(
        run.stdout,
      );
      results.forEach(result => said.set(result.image, result));
    });

    for (const one of shown) {
      const { service, container } = one;
      it(`${service.name}, ${container.name}`, () => {
        const row = rowOf(reports.get(service.name)!, one);
        const result = said.get(row.imageRef)!;
        assert.equal(result.signature.status, row.signature?.status);
        assert.equal(result.signature.reason, row.signature?.reason);
        assert.equal(result.provenance?.status, row.provenance?.status);
        assert.equal(result.provenance?.level, row.provenance?.level);
        assert.equal(result.provenance?.source, row.provenance?.source);
      });
    }
  });

  it('causes no error in the browser', () => {
    assert.deepEqual(opened.browser.errors, []);
  });
});
