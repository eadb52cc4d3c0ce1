import { Knex } from 'knex';
import { ruleOutcomesOf } from '../../../derivations/ruleOutcomes';
import { Judgement } from '../../../stores/VerdictStore';
import { VerdictRow } from '../../tables';
import { countedKeyOf } from '../summaries/imageSummaryRow';

/** Options of {@link replaceVerdicts}. */
export type ReplaceVerdictsOptions = {
  transaction: Knex.Transaction;
  runningImageId: string;
  judgement: Judgement;
};

/** Replaces the verdicts of all policies on one running image for one entity. */
export async function replaceVerdicts(
  options: ReplaceVerdictsOptions,
): Promise<void> {
  const { transaction, runningImageId, judgement } = options;
  const place = {
    running_image_id: runningImageId,
    entity_ref: judgement.entityRef,
  };
  await transaction<VerdictRow>('verdicts').where(place).delete();
  const rows = judgement.evaluation.verdicts.map(
    (verdict): VerdictRow => ({
      ...place,
      policy_name: verdict.policy.name,
      policy_digest: verdict.policy.digest,
      policy_title: verdict.policy.title ?? null,
      outcome: verdict.outcome,
      reason: verdict.reason ?? null,
      findings: JSON.stringify(verdict.findings),
      facts_digest: verdict.factsDigest,
      waiver_digest: verdict.waiverDigest,
      evaluated_at: verdict.evaluatedAt,
      next_change_at: verdict.nextChangeAt ?? null,
      signature_status: verdict.signature?.status ?? null,
      signature_reason: verdict.signature?.reason ?? null,
      rule_outcomes: ruleOutcomesOf(verdict),
      counted_key: countedKeyOf({ runningImageId, judgement }),
    }),
  );
  if (rows.length > 0) {
    await transaction<VerdictRow>('verdicts').insert(rows);
  }
}
