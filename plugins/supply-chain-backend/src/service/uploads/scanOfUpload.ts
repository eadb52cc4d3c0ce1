import { InputError } from '@backstage/errors';
import {
  CLOCK_TOLERANCE_MS,
  Digest,
  ScanReport,
  VulnerabilityDetail,
} from 'backstage-plugin-supply-chain-common';

/**
 * The scan of a report as it is stored for an image. A report that names no digest is of the image the uploader says; one
 * that names others is of something else, whatever the uploader says (L2).
 *
 * @throws InputError when it says nothing about the image.
 */
export function scanOfUpload(
  { digests, detail, coversPackages }: ScanReport,
  about: { members: Digest[]; now: Date },
): VulnerabilityDetail {
  const { members, now } = about;
  const named = members.find(each => digests.includes(each));
  if (named === undefined && digests.length > 0) {
    throw new InputError(
      `scanOtherDigest: expected a report about '${members[0]}', got one about '${digests[0]}'`,
    );
  }
  if (!coversPackages) {
    throw new InputError(
      'scanWithoutPackages: the report does not say that packages were looked for',
    );
  }
  const scannedAt = Date.parse(detail.scannedAt);
  if (!(scannedAt <= now.getTime() + CLOCK_TOLERANCE_MS)) {
    throw new InputError(
      `malformedReport: expected a scan that was made before now, got one of '${detail.scannedAt}'`,
    );
  }
  return {
    ...detail,
    // Compared as text from here on.
    scannedAt: new Date(scannedAt).toISOString(),
    artifact: { digest: named ?? members[0] },
  };
}
