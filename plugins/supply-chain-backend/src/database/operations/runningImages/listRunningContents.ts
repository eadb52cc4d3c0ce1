import {
  Digest,
  EvidenceOf,
  isSamePlatform,
  OriginDetail,
} from 'backstage-plugin-supply-chain-common';
import { RunningContent } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { EvidenceRow, RunningImageRow, SubjectDigestRow } from '../../tables';
import { imageSubjectOf, storedEvidenceOf } from '../evidence/evidenceRow';
import { readRegistryUses } from '../work/readRegistryUses';

/** Options of {@link listRunningContents}. */
export type ListRunningContentsOptions = { knex: Knex };

/**
 * The platform manifests that run, each once. Images that annotations name run nowhere and are left out. Those whose
 * registry facts are not known may be indexes, which must not be taken for images (L2): they are named without a location,
 * with the platforms they once had, because an earlier scan of these stands (L6).
 */
export async function listRunningContents(
  options: ListRunningContentsOptions,
): Promise<RunningContent[]> {
  const { knex } = options;
  const platforms = await readPlatforms(knex);
  const contents = new Map<string, RunningContent>();
  for (const keys of chunksOf([...platforms.keys()])) {
    const parts = await readParts({ knex, keys, platforms });
    const uses = await readRegistryUses({ knex, subjectKeys: keys });
    for (const { key, isKnown, ...part } of parts) {
      const { repository } = imageSubjectOf(key);
      const use = uses.get(key) ?? { places: [] };
      const known = contents.get(part.digest);
      const locations = known?.locations ?? [];
      contents.set(part.digest, {
        ...(locations.length ? known! : part),
        locations: isKnown ? [...locations, { repository, use }] : locations,
      });
    }
  }
  return [...contents.values()];
}

type Part = Pick<RunningContent, 'digest' | 'platform'>;

/** Part of a subject; `isKnown`: its registry says that it is an image. */
type SubjectPart = Part & { key: string; isKnown: boolean };

/** What the subjects consist of, by their keys. */
async function readParts(options: {
  knex: Knex;
  keys: string[];
  platforms: Map<string, string[]>;
}): Promise<SubjectPart[]> {
  const { knex, keys, platforms } = options;
  const rows: EvidenceRow[] = await knex<EvidenceRow>('evidence')
    .where({ kind: 'origin' })
    .whereIn('subject_key', keys)
    .whereNotNull('detail');
  const details = new Map(
    rows.map(row => {
      const { detail } = storedEvidenceOf(row).evidence as EvidenceOf<'origin'>;
      return [row.subject_key, detail!];
    }),
  );
  const members = await readMembers(
    knex,
    keys.filter(key => !details.has(key)),
  );
  return keys.flatMap(key => {
    const detail = details.get(key);
    const { digest } = imageSubjectOf(key);
    const running = platforms.get(key) ?? [];
    const parts: Part[] = detail
      ? partsOf(detail, { digest, running })
      : members.get(key) ?? [];
    return parts.map(part => ({ ...part, key, isKnown: detail !== undefined }));
  });
}

/** The images that subjects ever were or consisted of, from the last look that was told. */
async function readMembers(
  knex: Knex,
  keys: string[],
): Promise<Map<string, Part[]>> {
  const rows: SubjectDigestRow[] = await knex<SubjectDigestRow>(
    'subject_digests',
  )
    .whereIn('subject_key', keys)
    .whereNot({ relation: 'parent' })
    .orderBy(['subject_key', 'digest']);
  const members = new Map<string, Part[]>();
  for (const { subject_key, digest } of rows) {
    const known = members.get(subject_key) ?? [];
    known.push({ digest: digest as Digest });
    members.set(subject_key, known);
  }
  return members;
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
