import { SignedStatement } from '../../model/signature';
import { parseImageReference } from '../../model/imageReference';
import { JudgedCheck } from './judgedCheck';

/**
 * Content trust signs tags (L16). Deployed by digest, any tag that gives it will do; deployed by tag, that tag must give
 * it, whatever other tags say.
 */
export function judgeSignedTags(
  checks: JudgedCheck[],
  imageRef: string | undefined,
): JudgedCheck[] {
  const tag = deployedTag(imageRef);
  const isOfOtherDigest = ({ check }: JudgedCheck) =>
    check.reason === 'tagSignsOtherDigest';
  const untagged = checks.filter(({ statement }) => !statement.signedTag);
  const tagged = checks.filter(({ statement }) => statement.signedTag);
  if (tag === undefined) {
    // Where a tag points is nobody's concern when the digest was written.
    return [...untagged, ...tagged.filter(each => !isOfOtherDigest(each))];
  }
  const ofTag = tagged.filter(each => signs(each.statement, tag));
  return [...untagged, ...(ofTag.length > 0 ? ofTag : tagged.map(refuse))];
}

function signs({ signedTag }: SignedStatement, tag: string): boolean {
  return signedTag?.tag === tag;
}

function refuse({ statement, check }: JudgedCheck): JudgedCheck {
  return check.status === 'verified'
    ? {
        statement,
        check: { ...check, status: 'invalid', reason: 'tagSignsOtherDigest' },
      }
    : { statement, check };
}

/** The tag a workload was deployed by; `undefined` when the reference has a digest, or is none. */
function deployedTag(imageRef: string | undefined): string | undefined {
  const parsed =
    imageRef === undefined ? undefined : parseImageReference(imageRef);
  return parsed?.ok && parsed.reference.digest === undefined
    ? parsed.reference.tag
    : undefined;
}
