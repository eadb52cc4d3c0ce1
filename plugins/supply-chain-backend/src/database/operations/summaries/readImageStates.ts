import {
  Outcome,
  ProvenanceStatus,
  provenanceStatusRank,
  SignatureStatus,
  worstOutcome,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { JudgedTask } from '../../../stores/VerdictStore';
import { ImageSummaryRow } from '../../tables';

/** How an image was made, as far as a change of it is told. */
export type ProvenanceState = {
  status: ProvenanceStatus;
  level: number;
  source?: string;
};

/** What is known of an image of an entity, over all places where it runs. */
export type ImageState = {
  entityRef: string;
  subjectKey: string;
  outcome: Outcome;
  reason?: string;
  signatureStatus?: string;
  provenance?: ProvenanceState;
  vulnerabilityOutcome?: string;
};

/** Options of {@link readImageStates}. */
export type ReadImageStatesOptions = {
  transaction: Knex.Transaction;
  /** The running images that were or are to be written. */
  runningImageIds: string[];
  judged: JudgedTask[];
};

const SIGNATURES_WORST_FIRST: readonly SignatureStatus[] = [
  'invalid',
  'expired',
  'untrustedSigner',
  'unsigned',
  'unavailable',
  'verified',
];

/** The states of the images some tasks are about, by entity and subject. */
export async function readImageStates(
  options: ReadImageStatesOptions,
): Promise<Map<string, ImageState>> {
  const { transaction, runningImageIds, judged } = options;
  const stored: ImageSummaryRow[] = await transaction<ImageSummaryRow>(
    'image_summaries',
  ).whereIn('running_image_id', runningImageIds);
  const judgements = judged.flatMap(each => each.judgements);
  const entityRefs = new Set([
    ...stored.map(row => row.entity_ref),
    ...judgements.map(each => each.entityRef),
  ]);
  const keys = new Set([
    ...stored.flatMap(row => row.subject_key ?? []),
    ...judgements.map(each => each.judged.key),
  ]);
  const rows: ImageSummaryRow[] = await transaction<ImageSummaryRow>(
    'image_summaries',
  )
    .whereIn('entity_ref', [...entityRefs])
    .whereIn('subject_key', [...keys])
    .where({ running: true });
  const groups = new Map<string, ImageSummaryRow[]>();
  for (const row of rows) {
    const key = stateKey(row.entity_ref, row.subject_key!);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return new Map([...groups].map(([key, group]) => [key, stateOf(group)]));
}

/** The key of a state. */
export function stateKey(entityRef: string, subjectKey: string): string {
  return JSON.stringify([entityRef, subjectKey]);
}

function stateOf(group: ImageSummaryRow[]): ImageState {
  const outcome = worstOutcome(group.map(row => row.outcome as Outcome));
  const reason = group.find(row => row.outcome === outcome)?.reason;
  const status = SIGNATURES_WORST_FIRST.find(each =>
    group.some(row => row.signature_status === each),
  );
  const provenance = provenanceOf(group);
  const vulnerabilities = group.flatMap(
    row => (row.vulnerability_outcome as Outcome | null) ?? [],
  );
  return {
    entityRef: group[0].entity_ref,
    subjectKey: group[0].subject_key!,
    outcome,
    ...(reason && { reason }),
    ...(status && { signatureStatus: status }),
    ...(provenance && { provenance }),
    ...(vulnerabilities.length > 0 && {
      vulnerabilityOutcome: worstOutcome(vulnerabilities),
    }),
  };
}

/** The worst status, then the lowest level, as everywhere an image runs in several places. */
function provenanceOf(group: ImageSummaryRow[]): ProvenanceState | undefined {
  const [worst] = group
    .flatMap(row =>
      row.provenance_status === null
        ? []
        : {
            status: row.provenance_status as ProvenanceStatus,
            level: row.provenance_level ?? 0,
            ...(row.provenance_source && { source: row.provenance_source }),
          },
    )
    .sort(
      (left, right) =>
        provenanceStatusRank(left.status) -
          provenanceStatusRank(right.status) || left.level - right.level,
    );
  return worst;
}
