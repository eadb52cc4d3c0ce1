import { ProvenanceStatement } from '../../model/provenance';
import { PolicyFacts } from '../types';

/**
 * Whether a bare statement is about the image, an index that lists it, or what it lists: nobody vouches for the place it
 * was found in. What signed statements cover was checked with their signature.
 */
export function isAboutImage(
  { signed, covers, content }: ProvenanceStatement,
  { image, origin }: Pick<PolicyFacts, 'image' | 'origin'>,
): boolean {
  const { children = [], parents = [] } = origin?.detail ?? {};
  const related = [
    image.digest,
    ...children.map(({ digest }) => digest),
    ...parents,
  ];
  return (
    signed ||
    (covers === undefined
      ? content.type === 'unreadable'
      : related.includes(covers))
  );
}
