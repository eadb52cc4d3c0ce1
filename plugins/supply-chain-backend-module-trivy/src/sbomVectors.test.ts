import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectedOf } from './__testUtils__/expectedOf';
import {
  asServed,
  describeIfPresent,
  FIXTURES,
  Json,
  readVectors,
  vectorFiles,
} from './__testUtils__/operatorVectors';
import { parseSbomReport, SbomResource } from './parseSbomReport';

/** A page of documentation writes the version as a number. */
function served(object: Json): Json {
  const { components } = object.report;
  const specVersion = String(components.specVersion);
  return {
    ...object,
    report: { ...object.report, components: { ...components, specVersion } },
  };
}

function parsed(object: Json) {
  const resource: SbomResource =
    object.kind === 'ClusterSbomReport' ? 'clustersbomreports' : 'sbomreports';
  const result = parseSbomReport(asServed(served(object)), {
    cluster: 'kind',
    resource,
    expected: expectedOf(resource),
    seenAt: '2026-11-29T10:00:00.000Z',
  });
  if (result.kind !== 'report' || !result.report.evidence.detail) {
    throw new Error(`expected an SBOM, got: ${JSON.stringify(result)}`);
  }
  expect(result.problem).toBeUndefined();
  return result.report.evidence;
}

describeIfPresent('real SBOMs of Trivy Operator', () => {
  const reports = vectorFiles(/\.(json|ya?ml|md)$/).flatMap(file =>
    readVectors(file, ['SbomReport', 'ClusterSbomReport'])
      .filter(({ report }) => report?.components)
      .map((object, index) => [`${file} #${index + 1}`, object] as const),
  );

  it('are on containers, and what is kept of an image in no namespace', () => {
    expect(new Set(reports.map(([, { kind }]) => kind))).toEqual(
      new Set(['SbomReport', 'ClusterSbomReport']),
    );
  });

  it('are of three versions of CycloneDX', () => {
    expect(reports.length).toBeGreaterThanOrEqual(5);
    expect(
      new Set(reports.map(([, object]) => parsed(object).detail!.specVersion)),
    ).toEqual(new Set(['1.4', '1.5', '1.6']));
  });

  it.each(reports)(
    '%s lists as many components as it counts',
    (name, object) => {
      const { componentsCount } = object.report.summary;
      // The operator itself counts the image among them; who made the reports under kubernetes/ did not.
      const image = name.startsWith('kubernetes/') ? 0 : 1;
      expect(parsed(object).detail!.components).toHaveLength(
        componentsCount - image,
      );
    },
  );

  it.each(reports)('%s is of the digest its document names', (_, object) => {
    const { subject, detail } = parsed(object);
    const { component } = object.report.components.metadata;
    const repoDigest = component.properties.find(
      ({ name }: Json) => name === 'aquasecurity:trivy:RepoDigest',
    ).value;
    const digest = repoDigest.split('@')[1];
    expect(subject).toEqual({ type: 'content', digest });
    expect(detail!.artifact.digest).toBe(digest);
    expect(detail!.tool).toEqual({
      name: 'Trivy',
      version: object.report.scanner.version,
    });
  });

  it('names licences as an id, a name or an expression', () => {
    const licences = reports.flatMap(([, object]) =>
      parsed(object).detail!.components.flatMap(each => each.licences ?? []),
    );
    expect(licences).toEqual(expect.arrayContaining(['GPL-2.0', 'GPL-3.0']));
  });
});

// What Trivy writes of a whole cluster (github aquasecurity/trivy, Apache-2.0); the operator runs the same code, and puts
// the document into a report.
describeIfPresent('a real document on a cluster', () => {
  const file = 'trivy/integration/testdata/fixtures/sbom/minikube-kbom.json';
  const read = (): Json =>
    JSON.parse(readFileSync(join(FIXTURES, file), 'utf8'));
  const reportOf = (components: Json, componentsCount: number): Json => ({
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'ClusterSbomReport',
    metadata: { name: '5b4f7d9c6' },
    report: {
      artifact: { repository: 'kubernetes', tag: '1.27.0' },
      registry: { server: 'k8s.io' },
      scanner: { name: 'Trivy', vendor: 'Aqua Security', version: '0.45.1' },
      summary: { componentsCount, dependenciesCount: 19 },
      updateTimestamp: '2023-09-29T06:25:00Z',
      components,
    },
  });

  it('names the control plane, nodes, systems, add-ons and images', () => {
    const components = read();
    const { subject, detail } = parsed(reportOf(components, 19));
    expect(subject).toEqual({ type: 'cluster', cluster: 'kind' });
    expect(detail).toMatchObject({
      specVersion: '1.5',
      generatedAt: '2023-09-29T06:25:00.000Z',
      artifact: { repository: 'k8s.io/kubernetes', tag: '1.27.0' },
    });
    expect(detail!.artifact.digest).toBeUndefined();
    expect(detail!.components.map(({ name }) => name).sort()).toEqual(
      components.components.map(({ name }: Json) => name).sort(),
    );
    expect(detail!.components).toEqual(
      expect.arrayContaining([
        {
          type: 'application',
          name: 'k8s.io/kubelet',
          version: '1.27.0',
          purl: 'pkg:k8s/k8s.io%2Fkubelet@1.27.0',
        },
        { type: 'platform', name: 'minikube' },
        { type: 'operating-system', name: 'ubuntu', version: '22.04.2' },
      ]),
    );
  });

  it('is refused when the report counts more', () => {
    expect(() => parsed(reportOf(read(), 20))).toThrow(
      'lists 18 components and counts 20',
    );
  });
});
