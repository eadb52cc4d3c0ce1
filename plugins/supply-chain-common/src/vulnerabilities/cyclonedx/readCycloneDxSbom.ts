import { Digest } from '../../model/digest';
import { SbomComponent, SbomDetail } from '../../model/sbom';
import { instant, shortText } from '../../text/reportValues';
import { compareText } from '../compareText';
import { definedOnly } from '../definedOnly';
import {
  expectFormat,
  Json,
  recordOf,
  recordsOf,
  ReportProblem,
  ReportResult,
  reportResult,
} from '../scanReport';
import { CycloneDxComponents } from './CycloneDxComponents';
import { imageOf } from './imageOf';
import { scannerOfTools } from './scannerOfTools';
import { SPEC_VERSIONS } from './specVersions';

/**
 * The most components an SBOM may have.
 *
 * @public
 */
export const SBOM_MAX_COMPONENTS = 50_000;

/** Licences of one component; some list every file's. */
const MAX_LICENCES = 20;

/**
 * A CycloneDX document about an image, as it says itself.
 *
 * @public
 */
export type CycloneDxSbom = Omit<SbomDetail, 'artifact' | 'generatedAt'> & {
  /** RFC 3339; absent when the document does not say. */
  generatedAt?: string;
  /** Digests of manifests or indexes it says it describes, in its order. */
  digests: Digest[];
  /** Digest of the image configuration. */
  imageId?: Digest;
};

/**
 * A CycloneDX document about a cluster, as it says itself.
 *
 * @public
 */
export type CycloneDxClusterSbom = Omit<
  CycloneDxSbom,
  'digests' | 'imageId' | 'platform'
> & {
  /** What the cluster is called in it, for instance `k8s.io/kubernetes`. */
  name?: string;
  /** Of the control plane. */
  version?: string;
};

/** As CycloneDX calls what a document is of. */
const IMAGE = 'container';
const CLUSTER = 'platform';

/**
 * Reads what a CycloneDX document (1.4 to 1.7) says is in an image. Never throws. A list that may be incomplete, or is too
 * long, is refused whole: what is missing from it would read as not there (L8).
 *
 * @public
 */
export function readCycloneDxSbom(
  document: unknown,
): ReportResult<CycloneDxSbom> {
  return reportResult(() => {
    const { subject, components, sbom } = describedBy(document, IMAGE);
    const { digests, imageId, platform } = imageOf(subject, components);
    return { ...sbom, digests, ...definedOnly({ imageId, platform }) };
  });
}

/**
 * Whether a document says that it is of a cluster, and of no image.
 *
 * @public
 */
export function isOfCluster(document: unknown): boolean {
  const { component } = recordOf(recordOf(document).metadata);
  return recordOf(component).type === CLUSTER;
}

/**
 * Reads what a CycloneDX document (1.4 to 1.7) says a cluster is made of. Never throws, and refuses what
 * {@link readCycloneDxSbom} does.
 *
 * @public
 */
export function readCycloneDxClusterSbom(
  document: unknown,
): ReportResult<CycloneDxClusterSbom> {
  return reportResult(() => {
    const { subject, sbom } = describedBy(document, CLUSTER);
    return {
      ...sbom,
      ...definedOnly({
        name: shortText(subject.name, 256),
        version: shortText(subject.version, 256),
      }),
    };
  });
}

function describedBy(document: unknown, type: string) {
  const value = recordOf(document);
  const expect = (what: string, found: unknown, expected: readonly string[]) =>
    expectFormat(what, found, expected, 'sbomFormatUnknown');
  expect('bomFormat', value.bomFormat, ['CycloneDX']);
  expect('specVersion', value.specVersion, SPEC_VERSIONS);
  const metadata = recordOf(value.metadata);
  const subject = recordOf(metadata.component);
  expect('metadata.component.type', subject.type, [type]);
  const listed = listedComponents(value.components);
  const components = CycloneDxComponents.of(subject, listed);
  if (components.size > SBOM_MAX_COMPONENTS) {
    throw new ReportProblem(
      'sbomTooLarge',
      `it lists ${components.size} components, and ${SBOM_MAX_COMPONENTS} are read`,
    );
  }
  const sbom = {
    format: 'CycloneDX' as const,
    specVersion: value.specVersion as string,
    tool: scannerOfTools(metadata.tools),
    components: components.all().map(componentOf).sort(byName),
    ...definedOnly({
      serialNumber: shortText(value.serialNumber, 256),
      generatedAt: instant(metadata.timestamp),
    }),
  };
  return { subject, components, sbom };
}

function listedComponents(components: unknown): Json[] {
  const listed = recordsOf(components);
  if (!Array.isArray(components) || listed.length < components.length) {
    throw new ReportProblem('malformedReport', 'it has no list of components');
  }
  return listed;
}

function componentOf(component: Json): SbomComponent {
  const name = shortText(component.name, 256);
  if (!name) {
    throw new ReportProblem('malformedReport', 'a component has no name');
  }
  const licences = licencesOf(component.licenses);
  return {
    name,
    ...definedOnly({
      group: shortText(component.group, 256),
      version: shortText(component.version, 256),
      purl: shortText(component.purl, 1_024),
      type: shortText(component.type, 64),
      licences: licences.length > 0 ? licences : undefined,
    }),
  };
}

/** Each once. Trivy Operator writes an empty `license` beside each expression. */
function licencesOf(licenses: unknown): string[] {
  const named = recordsOf(licenses).flatMap(({ license, expression }) => {
    const { id, name } = recordOf(license);
    return shortText(id || name || expression, 256) ?? [];
  });
  return [...new Set(named)].slice(0, MAX_LICENCES);
}

/** The same contents are the same text, whatever order a tool lists them in. */
function byName(left: SbomComponent, right: SbomComponent): number {
  return (
    compareText(left.name, right.name) ||
    compareText(left.version ?? '', right.version ?? '') ||
    compareText(JSON.stringify(left), JSON.stringify(right))
  );
}
