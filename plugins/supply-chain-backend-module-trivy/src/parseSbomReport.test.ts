import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { expectedOf } from './__testUtils__/expectedOf';
import { parseSbomReport, SbomResource } from './parseSbomReport';

const RUNS = `sha256:${'1'.repeat(64)}`;
const OTHER = `sha256:${'2'.repeat(64)}`;
const CONFIG = `sha256:${'3'.repeat(64)}`;

type Json = Record<string, unknown>;

function described(...digests: string[]): Json {
  return {
    type: 'container',
    name: 'registry.acme.example/shop/web:1',
    properties: [
      ...digests.map(digest => ({
        name: 'aquasecurity:trivy:RepoDigest',
        value: `registry.acme.example/shop/web@${digest}`,
      })),
      { name: 'aquasecurity:trivy:ImageID', value: CONFIG },
    ],
  };
}

function document(changes: Json = {}): Json {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: 'urn:uuid:6d6d619a-5129-4ab7-adec-593ca1561e02',
    metadata: {
      timestamp: '2026-11-23T11:06:59+00:00',
      tools: { components: [{ name: 'trivy', version: '0.72.0' }] },
      component: described(RUNS),
    },
    components: [
      {
        type: 'library',
        name: 'zlib',
        version: '1.3.1-r0',
        purl: 'pkg:apk/alpine/zlib@1.3.1-r0',
        licenses: [{ license: { id: 'Zlib' } }],
      },
      { type: 'operating-system', name: 'alpine', version: '3.20.1' },
    ],
    ...changes,
  };
}

function report(changes: Json = {}, labels: Json = {}): KubernetesObject {
  return {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'SbomReport',
    metadata: {
      name: 'replicaset-web-1-web',
      namespace: 'shop',
      uid: 'u1',
      resourceVersion: '7',
      creationTimestamp: '2026-11-23T12:00:00Z',
      labels: {
        'trivy-operator.resource.kind': 'ReplicaSet',
        'trivy-operator.resource.name': 'web-1',
        'trivy-operator.container.name': 'web',
        ...labels,
      },
    },
    report: {
      artifact: { repository: 'library/web', tag: '1', digest: RUNS },
      registry: { server: 'index.docker.io' },
      scanner: { name: 'Trivy', vendor: 'Aqua Security', version: '0.72.0' },
      summary: { componentsCount: 3, dependenciesCount: 3 },
      updateTimestamp: '2026-11-23T12:00:00Z',
      components: document(),
      ...changes,
    },
  } as unknown as KubernetesObject;
}

function parse(
  object: KubernetesObject,
  resource: SbomResource = 'sbomreports',
) {
  const parsed = parseSbomReport(object, {
    cluster: 'production',
    resource,
    expected: expectedOf(resource),
    seenAt: '2026-11-29T10:00:00.000Z',
  });
  if (parsed.kind !== 'report') {
    throw new Error(parsed.message);
  }
  return parsed;
}

const detailOf = (object: KubernetesObject) =>
  parse(object).report.evidence.detail!;

it('says what is in the image of which container', () => {
  expect(parse(report())).toEqual({
    kind: 'report',
    report: {
      uid: 'u1',
      resourceVersion: '7',
      namespace: 'shop',
      controller: { kind: 'ReplicaSet', name: 'web-1' },
      container: 'web',
      evidence: {
        subject: { type: 'content', digest: RUNS },
        collector: 'trivy-sboms',
        kind: 'sbom',
        status: 'present',
        observedAt: '2026-11-23T11:06:59.000Z',
        detail: {
          format: 'CycloneDX',
          specVersion: '1.6',
          serialNumber: 'urn:uuid:6d6d619a-5129-4ab7-adec-593ca1561e02',
          generatedAt: '2026-11-23T11:06:59.000Z',
          tool: { name: 'Trivy', version: '0.72.0' },
          artifact: {
            repository: 'docker.io/library/web',
            tag: '1',
            digest: RUNS,
          },
          components: [
            { type: 'operating-system', name: 'alpine', version: '3.20.1' },
            {
              type: 'library',
              name: 'zlib',
              version: '1.3.1-r0',
              purl: 'pkg:apk/alpine/zlib@1.3.1-r0',
              licences: ['Zlib'],
            },
          ],
        },
      },
    },
  });
});

it('takes the digest of the document where the report names none, or that of the configuration', () => {
  const artifact = { repository: 'shop/web', tag: '1' };
  expect(detailOf(report({ artifact })).artifact.digest).toBe(RUNS);
  expect(
    detailOf(report({ artifact: { ...artifact, digest: CONFIG } })).artifact
      .digest,
  ).toBe(RUNS);
});

it('takes the digest of the report where the document names none, or several with it', () => {
  const of = (...digests: string[]) =>
    report({
      components: document({ metadata: { component: described(...digests) } }),
    });
  expect(detailOf(of()).artifact.digest).toBe(RUNS);
  expect(detailOf(of(OTHER, RUNS)).artifact.digest).toBe(RUNS);
});

it('takes time and version from the report where the document has none', () => {
  const components = document({
    specVersion: '1.4',
    metadata: { tools: [{ name: 'trivy' }], component: described(RUNS) },
  });
  expect(detailOf(report({ components }))).toMatchObject({
    generatedAt: '2026-11-23T12:00:00.000Z',
    tool: { name: 'Trivy', version: '0.72.0' },
  });
});

it('reads an image in which there is nothing', () => {
  const { components, ...empty } = document();
  const summary = { componentsCount: 1 };
  expect(detailOf(report({ summary, components: empty })).components).toEqual(
    [],
  );
});

it('knows the platform by the package URL of the image', () => {
  const subject = {
    ...described(RUNS),
    purl: `pkg:oci/web@${RUNS.replace(':', '%3A')}?arch=arm64`,
  };
  const components = document({ metadata: { component: subject } });
  expect(detailOf(report({ components })).platform).toBe('linux/arm64');
});

describe('is refused, and named as a problem of its source', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `c${index}` }));

  it.each<[string, KubernetesObject, string, string]>([
    [
      'when the document describes another digest',
      report({
        components: document({ metadata: { component: described(OTHER) } }),
      }),
      'sbomOtherDigest',
      `the report is on ${RUNS}, and the SBOM in it describes ${OTHER}`,
    ],
    [
      'when nothing names a digest',
      report({
        artifact: { repository: 'shop/web', tag: '1' },
        components: document({ metadata: { component: described() } }),
      }),
      'sbomWithoutDigest',
      'does not say which digest it describes',
    ],
    [
      'when it counts more than it lists',
      report({ summary: { componentsCount: 4 } }),
      'malformedReport',
      'lists 2 components and counts 4',
    ],
    [
      'when nothing is listed, and nothing says that nothing is there',
      report({ summary: {}, components: document({ components: [] }) }),
      'malformedReport',
      'lists 0 components and counts none',
    ],
    [
      'when nothing is listed and something is counted',
      report({ components: document({ components: undefined }) }),
      'malformedReport',
      'it has no list of components',
    ],
    [
      'when a component is none',
      report({ components: document({ components: [{ name: 'a' }, 'b'] }) }),
      'malformedReport',
      'it has no list of components',
    ],
    [
      'when a component has no name',
      report({ components: document({ components: [{}, {}] }) }),
      'malformedReport',
      'a component has no name',
    ],
    [
      'when it lists too many',
      report({ components: document({ components: many(50_001) }) }),
      'sbomTooLarge',
      'it lists 50001 components, and 50000 are read',
    ],
    [
      'when it is no CycloneDX',
      report({ components: document({ bomFormat: 'SPDX' }) }),
      'sbomFormatUnknown',
      'expected bomFormat "CycloneDX", got "SPDX"',
    ],
    [
      'when it is of a version nobody knows',
      report({ components: document({ specVersion: '2.0' }) }),
      'sbomFormatUnknown',
      'expected specVersion "1.4" or "1.5" or "1.6" or "1.7", got "2.0"',
    ],
    [
      'when it describes no image',
      report({
        components: document({ metadata: { component: { type: 'file' } } }),
      }),
      'sbomFormatUnknown',
      'expected metadata.component.type "container", got "file"',
    ],
    [
      'when it does not say when it was made',
      report({
        updateTimestamp: undefined,
        components: document({ metadata: { component: described(RUNS) } }),
      }),
      'malformedReport',
      'does not say when it was made',
    ],
    [
      'when it does not say which container it is about',
      report({}, { 'trivy-operator.container.name': '' }),
      'malformedReport',
      'does not say which container it is about',
    ],
    [
      'when there is no document',
      report({ components: 'none' }),
      'sbomFormatUnknown',
      'expected bomFormat "CycloneDX", got none',
    ],
  ])('%s', (_, object, reason, message) => {
    const { report: observed, problem } = parse(object);
    expect(observed.evidence).toMatchObject({
      status: 'invalid',
      reason,
      message,
      subject: { type: 'workload', cluster: 'production', namespace: 'shop' },
      observedAt: '2026-11-23T12:00:00.000Z',
    });
    expect(observed.evidence.detail).toBeUndefined();
    expect(problem).toBe(
      // The tag has moved: nothing is wrong with the source.
      reason === 'sbomOtherDigest' ? undefined : message,
    );
  });
});

describe('in no namespace', () => {
  const CLUSTER = {
    type: 'platform',
    name: 'k8s.io/kubernetes',
    version: '1.31.0',
  };
  const MADE = { timestamp: '2026-11-23T11:06:59+00:00' };

  function inNoNamespace(changes: Json = {}): KubernetesObject {
    return {
      ...report(changes),
      kind: 'ClusterSbomReport',
      metadata: {
        name: '6b5887445b',
        uid: 'u2',
        resourceVersion: '8',
        creationTimestamp: '2026-11-23T12:00:00Z',
      },
    } as unknown as KubernetesObject;
  }
  const of = (component: Json, changes: Json = {}) =>
    document({ metadata: { ...MADE, component }, ...changes });
  const parsedOf = (object: KubernetesObject) =>
    parse(object, 'clustersbomreports');

  it('says what the cluster is made of, and takes it for no image', () => {
    const object = inNoNamespace({ components: of(CLUSTER) });
    const { report: observed, problem } = parsedOf(object);
    expect(problem).toBeUndefined();
    expect(observed).toMatchObject({
      uid: 'u2',
      namespace: '',
      controller: { kind: 'ClusterSbomReport', name: '6b5887445b' },
      container: '',
      evidence: {
        subject: { type: 'cluster', cluster: 'production' },
        status: 'present',
        detail: {
          generatedAt: '2026-11-23T11:06:59.000Z',
          // Whatever digest the report around it is on.
          artifact: { repository: 'k8s.io/kubernetes', tag: '1.31.0' },
          components: [{ name: 'alpine' }, { name: 'zlib' }],
        },
      },
    });
    expect(observed.evidence.detail!.artifact.digest).toBeUndefined();
  });

  it('says what is in an image by the digest of its document', () => {
    const { evidence } = parsedOf(
      inNoNamespace({ components: of(described(OTHER)) }),
    ).report;
    expect(evidence.subject).toEqual({ type: 'content', digest: OTHER });
    expect(evidence.detail!.artifact).toEqual({
      repository: 'docker.io/library/web',
      tag: '1',
      digest: OTHER,
    });
  });

  it.each<[string, Json, string, string]>([
    [
      'of an image by its tag alone, whatever digest the report is on',
      { components: of(described()) },
      'sbomWithoutDigest',
      'does not say which digest it describes',
    ],
    [
      'of a cluster, and counting more than it lists',
      { components: of(CLUSTER), summary: { componentsCount: 9 } },
      'malformedReport',
      'lists 2 components and counts 9',
    ],
    [
      'of a cluster, and of a version nobody knows',
      { components: of(CLUSTER, { specVersion: '2.0' }) },
      'sbomFormatUnknown',
      'expected specVersion "1.4" or "1.5" or "1.6" or "1.7", got "2.0"',
    ],
    [
      'of a cluster, and too large',
      {
        components: of(CLUSTER, {
          components: Array.from({ length: 50_001 }, (_, index) => ({
            name: `c${index}`,
          })),
        }),
      },
      'sbomTooLarge',
      'it lists 50001 components, and 50000 are read',
    ],
    [
      'of a cluster, with a component that is none',
      { components: of(CLUSTER, { components: [{ name: 'a' }, 'b'] }) },
      'malformedReport',
      'it has no list of components',
    ],
    [
      'of something else',
      { components: of({ type: 'device' }) },
      'sbomFormatUnknown',
      'expected metadata.component.type "container", got "device"',
    ],
    [
      'without a document',
      { components: [] },
      'sbomFormatUnknown',
      'expected bomFormat "CycloneDX", got none',
    ],
  ])('is refused: %s', (_, changes, reason, message) => {
    const { report: observed, problem } = parsedOf(inNoNamespace(changes));
    expect(observed.evidence).toMatchObject({
      subject: { type: 'cluster', cluster: 'production' },
      status: 'invalid',
      reason,
      message,
    });
    expect(observed.evidence.detail).toBeUndefined();
    expect(problem).toBe(message);
  });

  it('is refused on a container, where a cluster is described', () => {
    expect(
      parse(report({ components: of(CLUSTER) })).report.evidence,
    ).toMatchObject({
      status: 'invalid',
      reason: 'sbomFormatUnknown',
      message: 'expected metadata.component.type "container", got "platform"',
    });
  });
});
