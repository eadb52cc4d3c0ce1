import { Waiver } from '../../model/waiver';
import { DocumentProblem } from './documentProblem';
import { PolicyDocument } from './parsePolicyDocuments';
import { problemAt } from './problemAt';
import { PolicyDraft } from './readPolicy';
import { suggestName } from './suggestName';

const DAY_MS = 24 * 60 * 60 * 1000;

type Problem = Pick<DocumentProblem, 'code' | 'message' | 'path'>;

/** Waivers that cover nothing because of a name, or last longer than a policy with their rule allows. */
export function waiverProblems(documents: PolicyDocument[]): DocumentProblem[] {
  const policies = documents.flatMap(document =>
    document.kind === 'SupplyChainPolicy' ? [document.policy] : [],
  );
  return documents.flatMap(document =>
    document.kind === 'Waiver'
      ? problemsOf(document.waiver, policies).map(problem =>
          problemAt(document, problem),
        )
      : [],
  );
}

function problemsOf(waiver: Waiver, policies: PolicyDraft[]): Problem[] {
  const { policy, rule } = waiver;
  const named = policies.filter(
    ({ name }) => policy === undefined || name === policy,
  );
  if (policy !== undefined && named.length === 0) {
    const names = policies.map(({ name }) => name);
    return [
      {
        code: 'waiverRuleUnknown',
        message: `there is no policy "${policy}".${suggestName(policy, names)}`,
        path: 'spec.policy',
      },
    ];
  }
  const withRule = named.filter(({ rules }) =>
    rules.some(({ id }) => id === rule),
  );
  if (withRule.length === 0) {
    const ids = named.flatMap(({ rules }) => rules.map(({ id }) => id));
    return [
      {
        code: 'waiverRuleUnknown',
        message: `no policy has a rule "${rule}".${suggestName(rule, ids)}`,
        path: 'spec.rule',
      },
    ];
  }
  return withRule.flatMap(each => lengthProblem(waiver, each));
}

function lengthProblem(
  { approvedAt, expires }: Waiver,
  { name, waivers: { maxDays } }: PolicyDraft,
): Problem[] {
  if (maxDays === undefined) {
    return [];
  }
  if (approvedAt === undefined) {
    return [
      {
        code: 'waiverTooLong',
        message: `expected "approvedAt": the policy "${name}" limits waivers to ${maxDays} days`,
        path: 'spec.approvedAt',
      },
    ];
  }
  return Date.parse(expires) - Date.parse(approvedAt) > maxDays * DAY_MS
    ? [
        {
          code: 'waiverTooLong',
          message: `expected at most ${maxDays} days after "approvedAt", as the policy "${name}" says`,
          path: 'spec.expires',
        },
      ]
    : [];
}
