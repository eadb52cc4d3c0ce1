import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import {
  FREE_SANDBOX_PORTS,
  Sandbox,
  SANDBOX_SERVICES,
  startSandbox,
} from 'sandbox';
import { expectedOf } from '../__testUtils__/expectedOf';
import { parseSbomReport } from '../parseSbomReport';

jest.setTimeout(60_000);

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
});

afterAll(() => sandbox.stop());

const planned = SANDBOX_SERVICES.flatMap(({ name, system, workloads }) =>
  workloads.flatMap(({ cluster, containers }) =>
    containers.flatMap(({ name: container, sbom }) =>
      sbom ? [{ name, system, cluster, container, sbom }] : [],
    ),
  ),
);

it('some services of the sandbox have SBOMs, of both kinds', () => {
  expect(new Set(planned.map(({ sbom }) => sbom))).toEqual(
    new Set(['reported', 'otherDigest']),
  );
});

it.each(planned)(
  'the SBOM of $name in $cluster is $sbom',
  async ({ name, system, cluster, container, sbom }) => {
    const { url, token } = sandbox.clusters.find(
      each => each.name === cluster,
    )!;
    const answer = await fetch(
      `${url}/apis/aquasecurity.github.io/v1alpha1/namespaces/${system}/sbomreports`,
      { headers: { Authorization: `Bearer ${token}` } },
    );
    const { items } = (await answer.json()) as { items: KubernetesObject[] };
    const parsed = items.flatMap(object => {
      const report = parseSbomReport(object, {
        cluster,
        resource: 'sbomreports',
        expected: expectedOf('sbomreports'),
        seenAt: '2026-11-29T12:00:00.000Z',
      });
      return report.kind === 'report' ? [report.report] : [];
    });
    const found = parsed.find(
      each =>
        each.container === container &&
        each.controller.name.startsWith(`${name}-`),
    );
    expect(found?.evidence.reason).toBe(
      sbom === 'reported' ? undefined : 'sbomOtherDigest',
    );
    expect(found?.evidence.detail?.components.length).toBe(
      sbom === 'reported' ? 29 : undefined,
    );
  },
);

it('says what one cluster of the sandbox is made of, and of no other', async () => {
  const found = await Promise.all(
    sandbox.clusters.map(async ({ name: cluster, url, token }) => {
      const answer = await fetch(
        `${url}/apis/aquasecurity.github.io/v1alpha1/clustersbomreports`,
        { headers: { Authorization: `Bearer ${token}` } },
      );
      const { items } = (await answer.json()) as { items: KubernetesObject[] };
      const parsed = items.map(object =>
        parseSbomReport(object, {
          cluster,
          resource: 'clustersbomreports',
          expected: expectedOf('clustersbomreports'),
          seenAt: '2026-11-29T12:00:00.000Z',
        }),
      );
      return [
        cluster,
        parsed.map(report =>
          report.kind === 'report' && report.problem === undefined
            ? report.report.evidence.detail?.components.length
            : report,
        ),
      ];
    }),
  );
  expect(Object.fromEntries(found)).toEqual({ 'prod-eu': [20], 'prod-us': [] });
});
