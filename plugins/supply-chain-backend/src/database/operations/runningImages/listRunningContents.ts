import {
  EvidenceOf,
  isSamePlatform,
  OriginDetail,
} from 'backstage-plugin-supply-chain-common';
import { RunningContent } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { EvidenceRow, RunningImageRow } from '../../tables';
import { imageSubjectOf, storedEvidenceOf } from '../evidence/evidenceRow';
import { readRegistryUses } from '../work/readRegistryUses';

/** Options of {@link listRunningContents}. */
export type ListRunningContentsOptions = { knex: Knex };

/**
 * The platform manifests that run, each once. Images that annotations name run nowhere and are left out, and so are
 * those whose registry facts are not known yet: an index must not be taken for an image (L2).
 */
export async function listRunningContents(
  options: ListRunningContentsOptions,
): Promise<RunningContent[]> {
  const { knex } = options;
  const platforms = await readPlatforms(knex);
  const contents = new Map<string, RunningContent>();
  for (const keys of chunksOf([...platforms.keys()])) {
    const rows: EvidenceRow[] = await knex<EvidenceRow>('evidence')
      .where({ kind: 'origin' })
      .whereIn('subject_key', keys)
      .orderBy('subject_key');
    const uses = await readRegistryUses({ knex, subjectKeys: keys });
    for (const row of rows) {
      const { detail } = storedEvidenceOf(row).evidence as EvidenceOf<'origin'>;
      const { repository, digest } = imageSubjectOf(row.subject_key);
      const running = platforms.get(row.subject_key) ?? [];
      const use = uses.get(row.subject_key) ?? { places: [] };
      for (const part of detail ? partsOf(detail, { digest, running }) : []) {
        const known = contents.get(part.digest);
        contents.set(part.digest, known ?? { ...part, repository, use });
      }
    }
  }
  return [...contents.values()];
}

/** The platforms each subject runs on; none where the nodes do not tell. */
async function readPlatforms(knex: Knex): Promise<Map<string, string[]>> {
  const rows: Pick<RunningImageRow, 'subject_key' | 'platform'>[] =
    await knex<RunningImageRow>('running_images')
      .where({ running: true, annotated: false })
      .whereNotNull('subject_key')
      .distinct('subject_key', 'platform')
      .orderBy('subject_key');
  const platforms = new Map<string, string[]>();
  for (const { subject_key, platform } of rows) {
    const known = platforms.get(subject_key!) ?? [];
    known.push(...(platform?.split(',') ?? []));
    platforms.set(subject_key!, known);
  }
  return platforms;
}

type Part = Pick<RunningContent, 'digest' | 'platform'>;

function partsOf(
  detail: OriginDetail,
  { digest, running }: Pick<Part, 'digest'> & { running: string[] },
): Part[] {
  if (detail.kind === 'manifest') {
    const [platform, ...others] = new Set(running);
    // One manifest is of one platform; nodes that disagree tell nothing.
    return [{ digest, ...(platform && !others.length && { platform }) }];
  }
  return detail.children.filter(
    child =>
      running.length === 0 ||
      running.some(platform => isSamePlatform(platform, child.platform)),
  );
}
