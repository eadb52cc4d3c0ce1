import { canonicalDigest } from '../../json/canonicalDigest';
import { compareText } from '../../vulnerabilities/compareText';
import { PolicySet, SupplyChainPolicy, TrustRoot } from '../types';
import { DocumentProblem } from './documentProblem';
import { PolicyDocument } from './parsePolicyDocuments';
import { problemAt } from './problemAt';
import { PolicyDraft } from './readPolicy';
import { withoutSources } from './readTrustRoot';
import { suggestName } from './suggestName';
import { waiverProblems } from './waiverProblems';

/**
 * Result of {@link assemblePolicySet}.
 *
 * @public
 */
export type PolicySetResult =
  | { ok: true; policySet: PolicySet }
  | { ok: false; problems: DocumentProblem[] };

/**
 * Joins the documents of all sources: names are unique (L28), trust roots exist (L12), digests cover what they stand
 * on (L20). The order of documents and sources changes nothing.
 *
 * @public
 */
export function assemblePolicySet(
  documents: PolicyDocument[],
): PolicySetResult {
  const trustRoots = documents.flatMap(document =>
    document.kind === 'TrustRoot' ? [document.trustRoot] : [],
  );
  const problems = [
    ...duplicateNames(documents),
    ...missingRoots(documents, trustRoots),
    ...waiverProblems(documents),
  ];
  if (problems.length > 0) {
    return { ok: false, problems };
  }
  const roots = trustRoots.sort(byName);
  const policies = documents
    .flatMap(document =>
      document.kind === 'SupplyChainPolicy' ? [document.policy] : [],
    )
    .map(draft => withDigest(draft, roots))
    .sort(byName);
  const waivers = documents
    .flatMap(document => (document.kind === 'Waiver' ? [document.waiver] : []))
    .sort(byName);
  return {
    ok: true,
    policySet: {
      policies,
      trustRoots: roots,
      waivers,
      digest: canonicalDigest({
        policies: policies.map(({ digest }) => digest),
        trustRoots: roots.map(({ digest }) => digest),
        // Left out where there is none, so that sets without waivers keep their digest.
        ...(waivers.length > 0 && { waivers }),
      }),
    },
  };
}

function withDigest(
  draft: PolicyDraft,
  trustRoots: TrustRoot[],
): SupplyChainPolicy {
  const named = trustRoots
    .filter(({ name }) => draft.trust?.of.includes(name))
    .map(({ name, spec }) => withoutSources({ name, spec }));
  return {
    ...draft,
    digest: canonicalDigest({ policy: draft, trustRoots: named }),
  };
}

function byName(left: { name: string }, right: { name: string }): number {
  return compareText(left.name, right.name);
}

function nameOf(document: PolicyDocument): string {
  switch (document.kind) {
    case 'TrustRoot':
      return document.trustRoot.name;
    case 'Waiver':
      return document.waiver.name;
    default:
      return document.policy.name;
  }
}

function duplicateNames(documents: PolicyDocument[]): DocumentProblem[] {
  const seen = new Map<string, PolicyDocument>();
  return documents.flatMap(document => {
    const name = nameOf(document);
    const key = `${document.kind}/${name}`;
    const first = seen.get(key);
    seen.set(key, first ?? document);
    return first
      ? [
          problemAt(document, {
            code: 'documentNameDuplicate',
            message: `there is another ${document.kind} "${name}" in "${first.source}"`,
            path: 'metadata.name',
          }),
        ]
      : [];
  });
}

function missingRoots(
  documents: PolicyDocument[],
  trustRoots: TrustRoot[],
): DocumentProblem[] {
  const names = trustRoots.map(({ name }) => name);
  return documents.flatMap(document =>
    document.kind === 'SupplyChainPolicy'
      ? (document.policy.trust?.of ?? [])
          .filter(name => !names.includes(name))
          .map(name =>
            problemAt(document, {
              code: 'trustRootMissing',
              message: `there is no trust root "${name}".${suggestName(
                name,
                names,
              )}`,
              path: 'spec.trust',
            }),
          )
      : [],
  );
}
