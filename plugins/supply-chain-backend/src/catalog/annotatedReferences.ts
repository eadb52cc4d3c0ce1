import { SUPPLY_CHAIN_IMAGES_ANNOTATION } from 'backstage-plugin-supply-chain-common';
import { EntityRow } from '../database/tables';

/** References of one entity that are read. Each costs looks at a registry. */
export const MAXIMUM_ANNOTATED_IMAGES = 20;

/** Longer ones are no references; they are shown as far as this. */
const MAXIMUM_LENGTH = 512;

/** A reference that an annotation names. */
export type AnnotatedReference = {
  /** As written. */
  imageRef: string;
  /** It and those after it are not read; only the first of them is kept, so that somebody sees it. */
  beyondLimit: boolean;
};

/** The references the annotation `supply-chain/images` of an entity names, each once. */
export function annotatedReferences(
  row: Pick<EntityRow, 'annotations'>,
): AnnotatedReference[] {
  const annotations: Record<string, string> = JSON.parse(row.annotations);
  const texts = (annotations[SUPPLY_CHAIN_IMAGES_ANNOTATION] ?? '')
    .split(',')
    .map(text => text.trim().slice(0, MAXIMUM_LENGTH))
    .filter(text => text !== '');
  return [...new Set(texts)]
    .slice(0, MAXIMUM_ANNOTATED_IMAGES + 1)
    .map((imageRef, index) => ({
      imageRef,
      beyondLimit: index >= MAXIMUM_ANNOTATED_IMAGES,
    }));
}
