import { expectedOf } from './__testUtils__/expectedOf';
import {
  asServed,
  describeIfPresent,
  Json,
  readVectors,
  vectorFiles,
} from './__testUtils__/operatorVectors';
import { parseSbomReport } from './parseSbomReport';

/** A page of documentation writes the version as a number. */
function served(object: Json): Json {
  const { components } = object.report;
  const specVersion = String(components.specVersion);
  return {
    ...object,
    kind: 'SbomReport',
    metadata: {
      namespace: 'kube-system',
      ...object.metadata,
      // What the operator keeps of a whole cluster has the same document on no container.
      labels: {
        'trivy-operator.resource.kind': 'Pod',
        'trivy-operator.resource.name': 'p',
        'trivy-operator.container.name': 'c',
        ...object.metadata.labels,
      },
    },
    report: { ...object.report, components: { ...components, specVersion } },
  };
}

describeIfPresent('real SBOMs of Trivy Operator', () => {
  const reports = vectorFiles(/\.(json|ya?ml|md)$/).flatMap(file =>
    readVectors(file, ['SbomReport', 'ClusterSbomReport'])
      .filter(({ report }) => report?.components)
      .map((object, index) => [`${file} #${index + 1}`, object] as const),
  );

  function parsed(object: Json) {
    const result = parseSbomReport(asServed(served(object)), {
      cluster: 'kind',
      resource: 'sbomreports',
      expected: expectedOf('sbomreports'),
      seenAt: '2026-11-29T10:00:00.000Z',
    });
    if (result.kind !== 'report' || !result.report.evidence.detail) {
      throw new Error(`expected an SBOM, got: ${JSON.stringify(result)}`);
    }
    expect(result.problem).toBeUndefined();
    return result.report.evidence;
  }

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
