import {
  AnnotatedImage,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';
import { AnnotatedReference } from '../../../catalog/annotatedReferences';
import { contentHash } from '../../contentHash';
import { RunningImageRow } from '../../tables';
import { subjectKeyOf } from '../runningImages/runningImageRow';

/** What is found out about a reference. */
type Found = Pick<AnnotatedImage, 'digest' | 'digestSource' | 'digestReason'>;

/** Options of {@link annotatedRow}. */
export type AnnotatedRowOptions = {
  entityRef: string;
  reference: AnnotatedReference;
  now: Date;
};

/** The row of a reference that an annotation names, before anybody looked. */
export function annotatedRow(options: AnnotatedRowOptions): RunningImageRow {
  const { entityRef, reference, now } = options;
  const { imageRef, beyondLimit } = reference;
  const parsed = parseImageReference(imageRef);
  const at = now.toISOString();
  const row = {
    // One row per entity and reference, whatever digest that stands for at the moment.
    id: contentHash(['annotation', entityRef, imageRef, beyondLimit]),
    cluster: '',
    namespace: '',
    workload_kind: '',
    workload_name: '',
    container: '',
    container_type: 'app',
    image_ref: imageRef,
    repository: parsed.ok ? parsed.reference.repository : null,
    image_id_repository: null,
    platform: null,
    started: true,
    waiting_reason: null,
    pods: 0,
    controllers: '[]',
    running: true,
    annotated: true,
    first_seen: at,
    last_seen: at,
  };
  const digestReason = reasonBefore({ beyondLimit, isReadable: parsed.ok });
  return {
    ...row,
    ...foundColumns(row, { digestSource: 'none', digestReason }),
  };
}

function reasonBefore(options: {
  beyondLimit: boolean;
  isReadable: boolean;
}): Found['digestReason'] {
  if (options.beyondLimit) {
    return 'tooManyAnnotatedImages';
  }
  return options.isReadable ? 'notCollectedYet' : 'referenceUnreadable';
}

/** The columns that say which digest a reference stands for. */
export function foundColumns(
  row: Pick<RunningImageRow, 'repository'>,
  found: Found,
): Pick<
  RunningImageRow,
  'digest' | 'digest_source' | 'digest_reason' | 'subject_key' | 'hash'
> {
  const { digest, digestSource, digestReason } = found;
  return {
    digest: digest ?? null,
    digest_source: digestSource,
    digest_reason: digestReason ?? null,
    subject_key: subjectKeyOf({
      repository: row.repository ?? undefined,
      digest,
    }),
    hash: contentHash([digest ?? null, digestSource, digestReason ?? null]),
  };
}

/** Whether there is anything to find out about a reference. */
export function isResolvable(row: RunningImageRow): boolean {
  return row.digest_reason === 'notCollectedYet';
}
