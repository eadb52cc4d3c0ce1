import { Digest, parseDigest } from '../../model/digest';
import { VulnerabilityDetail } from '../../model/vulnerability';
import { shortText } from '../../text/reportValues';
import { definedOnly } from '../definedOnly';
import { digestsIn, operatingSystemOf, platformOf } from '../scannedImage';
import { Json, recordsOf, textOf } from '../scanReport';
import { CycloneDxComponents, propertiesOf } from './CycloneDxComponents';
import { parsePackageUrl } from './packageUrl';

/** What a document says about the image it is of. */
export type DescribedImage = {
  artifactName?: string;
  digests: Digest[];
  imageId?: Digest;
  platform?: string;
  os?: VulnerabilityDetail['os'];
};

/**
 * The image by its package URL, which may stand as its reference too; by the version, where Syft and Grype write the
 * digest; by Trivy's properties; and by its hashes.
 *
 * @see https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md
 */
export function imageOf(
  subject: Json,
  components: CycloneDxComponents,
): DescribedImage {
  const urls = [subject.purl, subject['bom-ref']].map(ociUrlOf);
  const system = components.operatingSystem();
  const os = operatingSystemOf(system?.name, system?.version);
  const architecture = urls
    .map(url => url?.qualifiers.get('arch'))
    .find(each => each !== undefined);
  return {
    digests: digestsIn([
      ...urls.map(url => url?.version),
      subject.version,
      ...propertiesOf(subject, 'aquasecurity:trivy:RepoDigest'),
      ...hashesOf(subject),
      subject.name,
    ]),
    ...definedOnly({
      artifactName: shortText(subject.name, 512),
      imageId: parseDigest(
        propertiesOf(subject, 'aquasecurity:trivy:ImageID')[0],
      ),
      platform: platformOf({ os: os && kernelOf(os.family), architecture }),
      os,
    }),
  };
}

function ociUrlOf(text: unknown) {
  const url = parsePackageUrl(text);
  return url?.type === 'oci' ? url : undefined;
}

function hashesOf({ hashes }: Json): string[] {
  return recordsOf(hashes)
    .filter(each => each.alg === 'SHA-256')
    .map(each => `sha256:${textOf(each.content)}`);
}

/** A package URL names the architecture alone; a distribution that is not Windows runs on Linux. */
function kernelOf(family: string): string {
  return /^windows/i.test(family) ? 'windows' : 'linux';
}
