import { InputError } from '@backstage/errors';
import {
  CLOCK_TOLERANCE_MS,
  Digest,
  isVexAbout,
  VexDetail,
} from 'backstage-plugin-supply-chain-common';

/**
 * A VEX document as it is stored for an image.
 *
 * @throws InputError when it says nothing about the image, or nothing that can be used.
 */
export function vexOfUpload(
  detail: VexDetail,
  about: { repository: string; members: Digest[]; now: Date },
): VexDetail {
  const { repository, members, now } = about;
  const { statements, ignored, issuedAt } = detail;
  const [first] = ignored;
  if (first && statements.length === 0) {
    const { reason, index, message } = first;
    throw new InputError(`${reason}: statement ${index}: ${message}`);
  }
  if (!isVexAbout(detail, { repository, digests: members })) {
    throw new InputError(
      `vexOtherImage: expected a statement about '${repository}@${members[0]}'`,
    );
  }
  // It would keep every later one away.
  if (
    issuedAt !== undefined &&
    Date.parse(issuedAt) > now.getTime() + CLOCK_TOLERANCE_MS
  ) {
    throw new InputError(
      `vexNotYet: expected a document that was made before now, got one of '${issuedAt}'`,
    );
  }
  return detail;
}
