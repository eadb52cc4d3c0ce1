import { Knex } from 'knex';
import { FactsInput } from '../../../stores/VerdictStore';
import { EntityRow, RunningImageRow, SourceHealthRow } from '../../tables';
import { readClocks } from '../clocks/readClocks';
import { entityFactsOf } from '../entities/entityFactsOf';
import { readEvidence } from '../evidence/readEvidence';
import { readKnownExploited } from '../exploitData/readKnownExploited';
import { readScans } from '../reports/readScans';
import { scannerOf } from '../sources/scannerOf';
import { readUploads } from '../uploads/readUploads';
import { imageOf } from '../runningImages/imageOf';

/** Options of {@link loadFactsInputs}. */
export type LoadFactsInputsOptions = { knex: Knex; rows: RunningImageRow[] };

/** What is stored about some running images, by their ids, with a fixed number of queries. */
export async function loadFactsInputs(
  options: LoadFactsInputsOptions,
): Promise<Map<string, FactsInput>> {
  const { knex, rows } = options;
  const entities = await readEntities(knex, rows);
  const evidence = await readEvidence({
    knex,
    subjectKeys: rows.flatMap(row => row.subject_key ?? []),
  });
  const scans = await readScans({ knex, images: rows });
  const uploads = await readUploads({ knex, images: rows });
  const clocks = await readClocks({
    knex,
    repositories: rows.flatMap(row => row.repository ?? []),
  });
  const catalogue = await readKnownExploited({ knex });
  const sources: SourceHealthRow[] = await knex<SourceHealthRow>(
    'source_health',
  )
    .whereIn('kind', ['scanner', 'cluster'])
    .orderBy(['kind', 'name']);
  return new Map(
    rows.map(row => [
      row.id,
      {
        image: imageOf(row),
        entities: (entities.get(row.id) ?? []).map(entityFactsOf),
        evidence: evidence.get(row.subject_key ?? '') ?? [],
        scans: scans.get(row.id) ?? [],
        uploads: uploads.get(row.id) ?? [],
        clocks: clocks.get(row.repository ?? '') ?? [],
        ...(catalogue && { catalogue }),
        ...(!row.annotated && scannerOf(sources, row.cluster)),
      },
    ]),
  );
}

async function readEntities(
  knex: Knex,
  images: RunningImageRow[],
): Promise<Map<string, EntityRow[]>> {
  const rows: (EntityRow & { running_image_id: string })[] = await knex(
    'running_image_entities',
  )
    .join('entities', 'entities.ref', 'running_image_entities.entity_ref')
    .whereIn(
      'running_image_entities.running_image_id',
      images.map(image => image.id),
    )
    .orderBy('entities.ref')
    .select('entities.*', 'running_image_entities.running_image_id');
  const entities = new Map<string, EntityRow[]>();
  for (const row of rows) {
    const known = entities.get(row.running_image_id) ?? [];
    known.push(row);
    entities.set(row.running_image_id, known);
  }
  return entities;
}
