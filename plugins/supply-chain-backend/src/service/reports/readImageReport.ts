import { PolicySet, schema } from 'backstage-plugin-supply-chain-common';
import { readEvidence } from '../../database/operations/evidence/readEvidence';
import { listPending } from '../../database/operations/images/listPending';
import { readScans } from '../../database/operations/reports/readScans';
import { readUploads } from '../../database/operations/uploads/readUploads';
import { originIn } from '../../derivations/originIn';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { acceptedAs } from './acceptedAs';
import { withAdmission } from './admission';
import { placementsOf } from './placementsOf';
import { readImageContents } from './readImageContents';
import { readExploits } from './readExploits';
import { readClusterReports } from './readClusterReports';
import { readCoverage } from './readCoverage';
import { reproduceWith } from './reproduceWith';
import { readVisibleImage, ReadVisibleImageOptions } from './readVisibleImage';
import { shownEvidence } from './shownEvidence';

/** Options of {@link readImageReport}. */
export type ReadImageReportOptions = ReadVisibleImageOptions & {
  policySet: PolicySet | undefined;
  /** Whether to say of every policy why it covers the image or does not; it tells what the policies are about. */
  explain: boolean;
  /** Whether to say what of the trust root made the signature count. */
  trust: boolean;
  /** Of which entities the caller may know the secrets; absent: of none. */
  secrets?: VisibleEntities;
  /** It says how old the catalogue of what is exploited is. */
  now: Date;
  sandbox: boolean;
};

/** Everything the page of an image shows, but for its vulnerabilities and history. */
export async function readImageReport(
  options: ReadImageReportOptions,
): Promise<schema.ImageReport> {
  const { knex, repository, digest, policySet, explain, trust, sandbox } =
    options;
  const policies = policySet?.policies ?? [];
  const image = await readVisibleImage(options);
  const { runs, merged, subjectKey, firstSeen } = image;
  const rows = runs.map(each => each.run);
  const distinct = <T>(values: T[]): T[] => [...new Set(values)];
  const found = await readEvidence({ knex, subjectKeys: [subjectKey] });
  const stored = found.get(subjectKey) ?? [];
  const collected = stored.map(each => each.evidence);
  const images = [...new Map(rows.map(row => [row.id, row])).values()];
  const origin = originIn(stored);
  const scans = await readScans({ knex, images });
  const uploads = await readUploads({ knex, images });
  const handedIn = [...uploads.values()]
    .flat()
    .filter(({ scope }) =>
      rows.some(row => row.entity_ref === scope?.entityRef),
    );
  const imageRefs = distinct(rows.map(row => row.image_ref));
  const pending = await listPending({ knex, runs: rows });
  const deciding = {
    image: merged,
    evidence: collected,
    trustRoots: policySet?.trustRoots ?? [],
  };
  const placements = placementsOf(image);
  const coverage = explain
    ? await readCoverage({ knex, policies, runs: rows })
    : undefined;
  const [evaluatedAt] = runs
    .filter(each => each.isJudged)
    .map(each => each.image.evaluatedAt)
    .sort();
  return {
    repository,
    digest,
    imageRefs,
    platforms: distinct(
      rows.flatMap(row => (row.platform ?? '').split(',')),
    ).filter(platform => platform !== ''),
    outcome: merged.outcome,
    reason: merged.reason,
    evaluatedAt,
    pending: pending.size > 0,
    signature: merged.signature,
    provenance: merged.provenance,
    vulnerabilities: merged.vulnerabilities,
    verdicts: withAdmission({
      verdicts: merged.verdicts,
      policies,
      placements,
      vulnerabilities: merged.vulnerabilities,
    }),
    evidence: distinctEvidence(
      shownEvidence({
        evidence: [...collected, ...[...scans.values()].flat(), ...handedIn],
        imageRefs,
      }),
    ),
    placements,
    ...(coverage && { coverage }),
    ...(await readClusterReports({ ...options, runs: rows })),
    contents: (await readImageContents({ knex, images, origin })).shown,
    annotated: rows.some(row => Boolean(row.annotated)),
    entityRefs: distinct(rows.map(row => row.entity_ref)).filter(
      ref => ref !== '',
    ),
    acceptedAs: trust ? acceptedAs(deciding) : undefined,
    reproduce: reproduceWith(deciding),
    exploitData: await exploitDataOf(options),
    firstSeen,
    sandbox,
  };
}

/** Whether it can be told what is not exploited; the scores come with the list that shows them. */
async function exploitDataOf({
  knex,
  policySet,
  now,
}: ReadImageReportOptions): Promise<schema.ExploitDataState> {
  const policies = policySet?.policies ?? [];
  const { state } = await readExploits({
    knex,
    policies,
    now,
    scores: undefined,
  });
  return state;
}

/** The same report reaches every place it may speak for. */
function distinctEvidence<T>(evidence: T[]): T[] {
  return [
    ...new Map(evidence.map(each => [JSON.stringify(each), each])).values(),
  ];
}
