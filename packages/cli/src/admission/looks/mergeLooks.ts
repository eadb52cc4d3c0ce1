import { Evidence, PolicyFacts } from 'backstage-plugin-supply-chain-common';
import { ExaminedImage } from '../../verify/ImageExaminer';

/** The evidence of an examined image that its repository and digest have, wherever it runs. */
export function evidenceOf({
  facts,
}: Pick<ExaminedImage, 'facts'>): Evidence[] {
  const { origin, signatures, provenance } = facts;
  return [
    ...(origin ? [origin] : []),
    ...signatures,
    ...(provenance ? [provenance] : []),
  ];
}

/** Whether all of it was read to its end, and nothing only stands for want of something newer. */
export function isComplete(image: Pick<ExaminedImage, 'facts'>): boolean {
  return evidenceOf(image).every(
    ({ status, lastLook }) => status !== 'unavailable' && !lastLook,
  );
}

/**
 * A new look beside an earlier one: where the new one could not tell, what was found before stands until it expires (L6).
 * What was not found before is looked for each time (L7).
 */
export function mergeLooks(
  earlier: ExaminedImage,
  later: ExaminedImage,
): ExaminedImage {
  const keep = <E extends Evidence>(evidence: E, before: E | undefined): E =>
    evidence.status === 'unavailable' && before?.status === 'present'
      ? {
          ...before,
          lastLook: {
            failedAt: evidence.observedAt,
            reason: evidence.reason ?? 'collectorError',
          },
        }
      : evidence;
  const { origin, signatures, provenance, ...rest } = later.facts;
  const before = earlier.facts;
  const merged: PolicyFacts = {
    ...rest,
    image: {
      ...rest.image,
      platform: rest.image.platform ?? before.image.platform,
    },
    ...(origin && { origin: keep(origin, before.origin) }),
    signatures: signatures.map(each =>
      keep(
        each,
        before.signatures.find(({ collector }) => collector === each.collector),
      ),
    ),
    ...(provenance && { provenance: keep(provenance, before.provenance) }),
  };
  return { ...later, facts: merged };
}
