import { Digest, subjectKey } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { SubjectDigestRow } from '../../tables';

/** Options of {@link readMemberDigests}. */
export type ReadMemberDigestsOptions = {
  knex: Knex;
  repository: string;
  digest: Digest;
};

/** The digests a scan of an image may name, itself first, as far as they were ever looked at (L3). */
export async function readMemberDigests(
  options: ReadMemberDigestsOptions,
): Promise<Digest[]> {
  const { knex, repository, digest } = options;
  const rows: { digest: string }[] = await knex<SubjectDigestRow>(
    'subject_digests',
  )
    .where({ subject_key: subjectKey({ type: 'image', repository, digest }) })
    .orderBy('digest')
    .select('digest');
  return [...new Set([digest, ...rows.map(row => row.digest as Digest)])];
}
