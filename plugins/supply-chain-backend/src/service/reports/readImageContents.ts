import {
  compareText,
  EvidenceOf,
  ReasonCode,
  relateScan,
  RunningSubject,
  ScanRelation,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { StoredSbom } from '../../database/operations/sboms/sbomRows';
import { readSboms } from '../../database/operations/sboms/readSboms';
import {
  RunningImageRow,
  SbomReportRow,
  SbomRow,
  SourceHealthRow,
} from '../../database/tables';
import { clusterReadsOf } from './clusters/clusterReads';

/** Options of {@link readImageContents}. */
export type ReadImageContentsOptions = {
  knex: Knex;
  /** Where the caller may see one image run (L33). */
  images: RunningImageRow[];
  /** Registry facts: which manifests belong to the image (L3). */
  origin: EvidenceOf<'origin'> | undefined;
};

/** What is known of the contents of an image. */
export type ImageContents = {
  shown: schema.ImageContents;
  /** The SBOM it is from. */
  sbom?: SbomRow;
};

type Related = { sbom: SbomRow; relation: ScanRelation };

/** Chooses the newest SBOM that describes what runs, and says why where there is none (L2, L5). */
export async function readImageContents(
  options: ReadImageContentsOptions,
): Promise<ImageContents> {
  const { sboms, reports } = await readSboms(options);
  const subject = subjectOf(options);
  const related = sboms
    .map(sbom => ({ sbom, relation: relationOf(subject, sbom) }))
    .sort((left, right) =>
      compareText(right.sbom.generated_at, left.sbom.generated_at),
    );
  for (const kind of ['matched', 'platformUnknown'] as const) {
    const best = related.find(({ relation }) => relation.kind === kind);
    if (best) {
      return { shown: shownOf(best), sbom: best.sbom };
    }
  }
  const [refused] = reports.sort((left, right) =>
    compareText(right.observed_at, left.observed_at),
  );
  if (refused || related.length > 0) {
    return { shown: withoutSbom(refused) };
  }
  return { shown: await missing(options) };
}

/** All runs are of one subject; its pods may run on several platforms. */
function subjectOf(options: ReadImageContentsOptions): RunningSubject {
  const { images, origin } = options;
  const platforms = images.flatMap(
    ({ platform }) => platform?.split(',') ?? [],
  );
  const [image] = images;
  return {
    image: {
      imageRef: image.image_ref,
      digest: image.digest as RunningSubject['image']['digest'],
      ...(platforms.length > 0 && {
        platform: [...new Set(platforms)].sort().join(','),
      }),
    },
    ...(origin && { origin }),
  };
}

function relationOf(subject: RunningSubject, sbom: SbomRow): ScanRelation {
  const { digest, platform } = sbom;
  return relateScan(subject, {
    detail: {
      artifact: { digest: digest as RunningSubject['image']['digest'] },
      ...(platform && { platform }),
    },
  });
}

function shownOf({ sbom, relation }: Related): schema.ImageContents {
  const stored: StoredSbom = JSON.parse(sbom.detail);
  return {
    ...(relation.kind === 'matched'
      ? { status: 'present', platforms: relation.platforms }
      : {
          status: 'platformUnknown',
          reason: 'sbomPlatformUnknown' satisfies ReasonCode,
        }),
    ...stored,
    components: sbom.component_count,
    generatedAt: sbom.generated_at,
  };
}

/** Something was reported, and nothing of what runs. */
function withoutSbom(report: SbomReportRow | undefined): schema.ImageContents {
  const { reason: why, message } = report ?? {};
  if (!why || why === 'sbomOtherDigest') {
    return {
      status: 'otherDigest',
      reason: 'sbomOtherDigest' satisfies ReasonCode,
      ...(message && { message }),
    };
  }
  return { status: 'invalid', reason: why, ...(message && { message }) };
}

/** A cluster whose reports cannot be read says nothing of what is not there (L5). */
async function missing({
  knex,
  images,
}: ReadImageContentsOptions): Promise<schema.ImageContents> {
  const clusters = images
    .filter(({ annotated }) => !annotated)
    .map(({ cluster }) => cluster);
  const sources = await knex<SourceHealthRow>('source_health')
    .where({ kind: 'contents' })
    .whereIn('name', clusters);
  return sources.some(isUnread)
    ? {
        status: 'unavailable',
        reason: 'scannerUnavailable' satisfies ReasonCode,
      }
    : { status: 'absent', reason: 'sbomMissing' satisfies ReasonCode };
}

/** Of the reports on containers: that the cluster itself can be read says nothing of them. */
function isUnread(source: SourceHealthRow): boolean {
  const [{ state }] = clusterReadsOf(source, ['sbomreports']);
  return !['ok', 'degraded', 'notInstalled'].includes(state);
}
