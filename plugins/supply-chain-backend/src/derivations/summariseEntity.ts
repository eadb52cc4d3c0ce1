import {
  JudgedImage,
  OUTCOMES_WORST_FIRST,
  Outcome,
  countedImages,
  schema,
  serviceRowOf,
  tilesOf,
  worstFindingOf,
  worstOutcome,
} from 'backstage-plugin-supply-chain-common';
import { contentHash } from '../database/contentHash';
import { EntitySummaryRow } from '../database/tables';

/** What is stored of an entity for the overview, as JSON. */
export type StoredEntitySummary = schema.ServiceRow &
  Pick<schema.EntityReport, 'tiles' | 'worst'>;

/** Columns of `entity_summaries` that follow from the images alone. */
export type SummaryColumns = Omit<
  EntitySummaryRow,
  'problems' | 'changed_at' | 'told_outcome'
>;

/** Reasons that say that nobody has looked yet. */
export const NOT_LOOKED_AT = 'notCollectedYet';

/** Options of {@link summariseEntity}. */
export type SummariseEntityOptions = {
  entityRef: string;
  images: JudgedImage[];
  /** Whether everything had been looked at before. */
  settled: boolean;
  /** Whether it is still being found out for the first time. */
  catchingUp: boolean;
};

/** Sums up an entity by the functions every page uses (DESIGN 1.5). */
export function summariseEntity(
  options: SummariseEntityOptions,
): SummaryColumns {
  const { entityRef, images } = options;
  const service = serviceRowOf({ entityRef }, images);
  const tiles = tilesOf(images);
  const worst = worstFindingOf(images);
  const counted = countedImages(images);
  const summary: StoredEntitySummary = {
    ...service,
    tiles,
    ...(worst && { worst }),
  };
  const answerTo = (question: schema.Tile['question']) => {
    const tile = tiles.find(each => each.question === question);
    return tile?.evaluated ? tile.outcome : null;
  };
  const columns = {
    entity_ref: entityRef,
    outcome: service.outcome,
    outcome_rank: OUTCOMES_WORST_FIRST.indexOf(service.outcome as Outcome),
    reason: service.reason ?? null,
    running: service.running,
    settled:
      options.settled || (!options.catchingUp && !images.some(isNotLookedAt)),
    signature_outcome: answerTo('signature'),
    provenance_outcome: answerTo('provenance'),
    registry_outcome: answerTo('registry'),
    scan_outcome: worstScan(counted),
    signed_pass: service.signed.pass,
    signed_applicable: service.signed.applicable,
    signed_unknown: service.signed.unknown,
    provenance_pass: service.provenance.pass,
    provenance_applicable: service.provenance.applicable,
    provenance_unknown: service.provenance.unknown,
    registry_pass: service.registry.pass,
    registry_applicable: service.registry.applicable,
    registry_unknown: service.registry.unknown,
    fixable_critical: counted.reduce(
      (sum, image) => sum + image.fixableCritical,
      0,
    ),
    images: counted.length,
    clusters: JSON.stringify(service.clusters),
    summary: JSON.stringify(summary),
  };
  const [evaluatedAt] = images.map(image => image.evaluatedAt).sort();
  return {
    ...columns,
    hash: contentHash(columns),
    evaluated_at: evaluatedAt ?? null,
  };
}

/** Whether everything that counts was scanned lately; the tile asks for vulnerabilities as well. */
function worstScan(images: Pick<JudgedImage, 'answers'>[]): Outcome | null {
  const outcomes = images.flatMap(({ answers }) => answers.scan ?? []);
  return outcomes.length > 0 ? worstOutcome(outcomes) : null;
}

/** Whether what is said of an image is only that nobody has looked yet. */
export function isNotLookedAt(image: JudgedImage): boolean {
  return (
    image.counted &&
    image.running &&
    (image.reason === NOT_LOOKED_AT ||
      image.verdicts.some(verdict =>
        verdict.findings.some(finding => finding.reason === NOT_LOOKED_AT),
      ))
  );
}
