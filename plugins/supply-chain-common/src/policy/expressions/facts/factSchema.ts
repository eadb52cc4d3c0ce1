import { imageFields, placeFields, entityFields } from './contextFields';
import { originFields, provenanceFields, signatureFields } from './proofFields';
import { scanFields, vulnerabilityFields } from './scanFields';
import { listOf, object, timestamp } from './factTypes';

/** Most elements of a list that expressions see (L19). */
export const MAX_LIST_FACTS = 200;

/**
 * Everything an expression can read. `docs/policy-facts.md` is written from this object, and what it does not name does
 * not load.
 *
 * @public
 */
export const EXPRESSION_FACTS = {
  image: object(
    imageFields,
    'The image, as the workload names it and as the cluster reports it.',
  ),
  place: object(
    placeFields,
    'Where it runs; empty for an image that is named and runs nowhere.',
  ),
  entity: object(
    entityFields,
    'The entity the workload belongs to; empty for a workload of no entity.',
  ),
  signature: object(
    signatureFields,
    'Who signed the image, judged under the trust roots of this policy.',
  ),
  provenance: object(
    provenanceFields,
    'How the image was made, judged under the trust roots of this policy.',
  ),
  origin: object(originFields, 'What the registry says of the image.'),
  scan: object(
    scanFields,
    'What scanners say of the image, in numbers. A vulnerability of one file counts once, however many scanners report it.',
  ),
  vulnerabilities: listOf(
    { kind: 'object', fields: vulnerabilityFields },
    `The vulnerabilities one by one, worst first, at most ${MAX_LIST_FACTS} of them: rules that read a list which was cut cannot tell (\`factsTruncated\`); the numbers of \`scan\` are complete.`,
  ),
  now: timestamp('The instant of the evaluation.'),
} as const;

/**
 * Name of a fact that stands by itself.
 *
 * @public
 */
export type FactRoot = keyof typeof EXPRESSION_FACTS;
