import { EvidenceOf } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { readEvidence } from '../../database/operations/evidence/readEvidence';
import { listUnsettledVerdicts } from '../../database/operations/images/listUnsettledVerdicts';
import { RunningImageRow } from '../../database/tables';

/** When a signature was looked at, and the later look that failed (L6). */
export type SignatureLook = Pick<
  EvidenceOf<'signature'>,
  'observedAt' | 'lastLook'
>;

/** Options of {@link readSignatureLooks}. */
export type ReadSignatureLooksOptions = {
  knex: Knex;
  runs: Pick<RunningImageRow, 'id' | 'subject_key' | 'running'>[];
};

/**
 * The latest looks at signatures by id of the running image. A look that finds what the one before found changes no
 * verdict, so what was judged does not know of it. Left out is what may have been judged by other facts than those
 * stored now: "verified" must not stand beside the time of a look that found something else.
 */
export async function readSignatureLooks(
  options: ReadSignatureLooksOptions,
): Promise<Map<string, SignatureLook>> {
  const { knex } = options;
  // What no longer runs is not judged again, whatever later looks find.
  const runs = options.runs.filter(run => run.running && run.subject_key);
  // In this order: facts that change in between are queued to be judged by then.
  const evidence = await readEvidence({
    knex,
    subjectKeys: runs.map(run => run.subject_key!),
  });
  const unsettled = await listUnsettledVerdicts({
    knex,
    runningImageIds: [...new Set(runs.map(run => run.id))],
  });
  const looks = new Map<string, SignatureLook>();
  for (const { id, subject_key } of runs) {
    // The one the summary of the judgement speaks of.
    const found = (evidence.get(subject_key!) ?? [])
      .map(stored => stored.evidence)
      .find(
        (each): each is EvidenceOf<'signature'> =>
          each.kind === 'signature' &&
          (each.detail === undefined || each.detail.scheme === 'cosign'),
      );
    if (found && !unsettled.has(id)) {
      const { observedAt, lastLook } = found;
      looks.set(id, { observedAt, ...(lastLook && { lastLook }) });
    }
  }
  return looks;
}
