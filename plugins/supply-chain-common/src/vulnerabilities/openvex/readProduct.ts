import { isRecord } from '../../kubernetes/KubernetesObject';
import { Digest, parseDigest } from '../../model/digest';
import { parseImageReference } from '../../model/imageReference';
import { VexProduct } from '../../model/vex';
import { shortText } from '../../text/reportValues';
import { PackageUrl, parsePackageUrl } from '../cyclonedx/packageUrl';
import { Json, listOf, recordOf, ReportProblem, textOf } from '../scanReport';

const MAX_SUBCOMPONENTS = 5_000;
const PURL_MAX_LENGTH = 2_048;

const NOTHING = { digests: [], repositories: [] };

/**
 * Reads a product, an object or the text of its `@id`, as far as it can identify an image. One that cannot, is of
 * something else: it stays, and matches nothing.
 *
 * @param shared - Parts that the first versions of OpenVEX write beside the products.
 * @throws ReportProblem when it is larger than what is read.
 */
export function readProduct(value: unknown, shared: unknown): VexProduct {
  const product = componentOf(value);
  const purls = purlsOf(product);
  const own = isRecord(value) ? value.subcomponents : undefined;
  const parts = own ?? shared;
  return {
    name: shortText(purls[0] ?? product['@id'], 512) ?? '',
    ...identityOf(purls, product),
    ...(parts !== undefined && { subcomponents: subcomponentsOf(parts) }),
  };
}

/** The first versions of OpenVEX write the identifier alone. */
function componentOf(value: unknown): Json {
  return typeof value === 'string' ? { '@id': value } : recordOf(value);
}

/** https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#component-data-structure */
function purlsOf(component: Json): string[] {
  const stated = [component['@id'], recordOf(component.identifiers).purl].map(
    textOf,
  );
  return [...new Set(stated)].filter(text => text.startsWith('pkg:'));
}

function identityOf(
  purls: string[],
  product: Json,
): Pick<VexProduct, 'digests' | 'repositories' | 'architecture'> {
  const images = purls.map(imageOf);
  const hashes = hashesOf(product.hashes);
  const architectures = new Set(images.flatMap(each => each?.arch ?? []));
  // One name of it that cannot be read, or is of something else, may be what tells it from the image.
  if (
    !hashes ||
    architectures.size > 1 ||
    !images.every(each => each !== undefined)
  ) {
    return NOTHING;
  }
  const [architecture] = architectures;
  return {
    digests: [
      ...new Set([...images.flatMap(each => each.digest ?? []), ...hashes]),
    ],
    repositories: [...new Set(images.flatMap(each => each.repository ?? []))],
    ...(architecture && { architecture }),
  };
}

/** An image as a package URL names it. */
type NamedImage = { digest?: Digest; repository?: string; arch?: string };

/**
 * Undefined for what is no image, and for a tag alone: tags never identify anything.
 * https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md
 */
function imageOf(text: string): NamedImage | undefined {
  const purl = parsePackageUrl(text);
  if (purl?.type !== 'oci' && purl?.type !== 'docker') {
    return undefined;
  }
  const digest = parseDigest(purl.version);
  const arch = purl.qualifiers.get('arch');
  if (
    digest === undefined &&
    (purl.version !== undefined || purl.qualifiers.has('tag'))
  ) {
    return undefined;
  }
  const repository = purl.type === 'oci' ? repositoryOf(purl) : undefined;
  return digest ?? repository
    ? {
        ...(digest && { digest }),
        ...(repository && { repository }),
        ...(arch && { arch }),
      }
    : undefined;
}

/** `repository_url` is the whole repository; some tools leave its last part to the name. */
function repositoryOf({ name, qualifiers }: PackageUrl): string | undefined {
  const url = qualifiers.get('repository_url');
  if (!url) {
    return undefined;
  }
  const isWhole = url.toLowerCase().endsWith(`/${name.toLowerCase()}`);
  const text = isWhole ? url : `${url}/${name}`;
  const parsed = /[:@][^/]*$/.test(text)
    ? undefined
    : parseImageReference(text);
  return parsed?.ok ? parsed.reference.repository : undefined;
}

const HASHES: Readonly<Record<string, string>> = {
  'sha-256': 'sha256',
  'sha-512': 'sha512',
};

/** Undefined: one of them is none. Other algorithms tell nothing of an image. */
function hashesOf(hashes: unknown): Digest[] | undefined {
  const digests = Object.entries(recordOf(hashes))
    .filter(([algorithm]) => Object.hasOwn(HASHES, algorithm))
    .map(([algorithm, hex]) =>
      parseDigest(`${HASHES[algorithm]}:${textOf(hex).toLowerCase()}`),
    );
  return digests.every(each => each !== undefined) ? digests : undefined;
}

/** Parts without a package URL can be told from nothing, and are of no finding. */
function subcomponentsOf(parts: unknown): string[] {
  const list = listOf(parts);
  if (list.length > MAX_SUBCOMPONENTS) {
    throw new ReportProblem(
      'reportTooLarge',
      `expected at most ${MAX_SUBCOMPONENTS} parts of a product, got ${list.length}`,
    );
  }
  const purls = list
    .flatMap(each => purlsOf(componentOf(each)))
    .filter(text => text.length <= PURL_MAX_LENGTH);
  return [...new Set(purls)];
}
