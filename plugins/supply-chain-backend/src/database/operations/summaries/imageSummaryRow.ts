import { JudgedImage } from 'backstage-plugin-supply-chain-common';
import { Judgement } from '../../../stores/VerdictStore';
import { contentHash } from '../../contentHash';
import { MAXIMUM_REFERENCE, storable } from '../../storable';
import { ImageSummaryRow } from '../../tables';

/** Options of {@link imageSummaryRowOf}. */
export type ImageSummaryRowOptions = {
  runningImageId: string;
  judgement: Judgement;
};

/** What is judged of a running image for one entity, as it stands in the table; its findings are put there by `indexFindings`. */
export function imageSummaryRowOf(
  options: ImageSummaryRowOptions,
): Omit<ImageSummaryRow, 'finding_set'> {
  const { runningImageId, judgement } = options;
  const { entityRef, judged } = judgement;
  const { repository, digest, answers } = judged;
  return {
    running_image_id: runningImageId,
    entity_ref: entityRef,
    subject_key: repository && digest ? `${repository}@${digest}` : null,
    counted_key: countedKeyOf({ runningImageId, judgement }),
    counted: judged.counted,
    running: judged.running,
    outcome: judged.outcome,
    reason: judged.reason ?? null,
    signature_outcome: answers.signature ?? null,
    provenance_outcome: answers.provenance ?? null,
    registry_outcome: answers.registry ?? null,
    scan_outcome: answers.scan ?? null,
    vulnerability_outcome: answers.vulnerabilities ?? null,
    signature_status: judged.signature?.status ?? null,
    ...provenanceColumnsOf(judged),
    fixable_critical: judged.fixableCritical,
    fixable_critical_overdue: judged.fixableCriticalOverdue,
    judged: JSON.stringify(judged),
    evaluated_at: judged.evaluatedAt,
  };
}

/** What an image is counted as: only what runs and started counts, an image of one digest once however often it runs. */
export function countedKeyOf({
  runningImageId,
  judgement: { judged },
}: ImageSummaryRowOptions): string | null {
  const { counted, running, repository, digest } = judged;
  if (!counted || !running) {
    return null;
  }
  return repository && digest ? `${repository}@${digest}` : runningImageId;
}

/** How an image was made; nothing while nobody has looked, so that the first look is no change. */
export function provenanceColumnsOf({
  provenance,
}: JudgedImage): Pick<
  ImageSummaryRow,
  'provenance_status' | 'provenance_level' | 'provenance_source'
> {
  const known =
    provenance?.reason === 'notCollectedYet' ? undefined : provenance;
  return {
    provenance_status: known?.status ?? null,
    provenance_level: known?.level ?? null,
    provenance_source:
      known?.source === undefined
        ? null
        : storable(known.source, MAXIMUM_REFERENCE),
  };
}

/** The judged image of a row, running as the row says. */
export function judgedImageOf(row: ImageSummaryRow): JudgedImage {
  const judged: JudgedImage = JSON.parse(row.judged);
  const running = Boolean(row.running);
  const { placement } = judged;
  return {
    ...judged,
    running,
    ...(placement && { placement: { ...placement, running } }),
  };
}

/**
 * Hash of what a judgement says. When something was looked at or evaluated, and digests and instants that follow from
 * that alone, are no difference: the stored judgement stays true as of its own instant.
 */
export function judgedHash(judged: JudgedImage): string {
  return contentHash({
    ...judged,
    evaluatedAt: '',
    ...(judged.signature && {
      signature: { ...judged.signature, observedAt: '' },
    }),
    ...(judged.provenance && {
      provenance: { ...judged.provenance, observedAt: '' },
    }),
    verdicts: judged.verdicts.map(verdict => ({
      ...verdict,
      evaluatedAt: '',
      factsDigest: '',
      nextChangeAt: '',
    })),
  });
}
