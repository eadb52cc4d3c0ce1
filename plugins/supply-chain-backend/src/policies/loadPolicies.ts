import {
  DocumentProblem,
  parsePolicyBundle,
  PolicyBundle,
  PolicySet,
  policySetFromBundles,
} from 'backstage-plugin-supply-chain-common';
import { trustMaterialProblem } from 'backstage-plugin-supply-chain-node/trust';
import { StoredPolicySource } from './PolicyStore';

/** What was read of a source just now: its bytes, or why there are none. */
export type PolicyReading = { source: string } & (
  | {
      bundle: PolicyBundle;
      /** What the bundle holds from an earlier reading, because it could not be had now. */
      problems?: DocumentProblem[];
    }
  | { error: string }
);

/** What is in force, and the state of each source. */
export type LoadedPolicies = {
  policySet: PolicySet;
  sources: StoredPolicySource[];
};

const EMPTY: PolicySet = {
  policies: [],
  trustRoots: [],
  waivers: [],
  digest: '',
};

function problemsOf(bundles: PolicyBundle[]): DocumentProblem[] {
  const result = policySetFromBundles(bundles);
  if (!result.ok) {
    return result.problems;
  }
  return result.policySet.trustRoots.flatMap(root => {
    const problem = trustMaterialProblem(root);
    return problem
      ? [
          {
            code: problem.reason,
            message: `the trust root "${root.name}": ${problem.message}`,
            source: sourceOfRoot(bundles, root.name),
          },
        ]
      : [];
  });
}

function sourceOfRoot(bundles: PolicyBundle[], name: string): string {
  const owner = bundles.find(bundle => {
    const parsed = parsePolicyBundle(bundle);
    return (
      parsed.ok &&
      parsed.documents.some(
        document =>
          document.kind === 'TrustRoot' && document.trustRoot.name === name,
      )
    );
  });
  return owner?.source ?? bundles[0].source;
}

function settle(
  reading: PolicyReading,
  previous: StoredPolicySource | undefined,
): StoredPolicySource {
  const kept = previous?.bundle && { bundle: previous.bundle };
  if ('error' in reading) {
    const problem = {
      code: 'documentUnreachable' as const,
      message: reading.error,
      source: reading.source,
    };
    return { source: reading.source, ...kept, problems: [problem] };
  }
  const { source, bundle, problems = [] } = reading;
  const parsed = parsePolicyBundle(bundle);
  return parsed.ok
    ? { source, bundle, problems }
    : { source, ...kept, problems: [...problems, ...parsed.problems] };
}

function bundlesOf(sources: StoredPolicySource[]): PolicyBundle[] {
  return sources.flatMap(({ bundle }) => (bundle ? [bundle] : []));
}

/**
 * Decides what is in force: the bytes read now where they are good, the last good ones otherwise (L28).
 * Sources that are good each for itself but not together (a name twice, a trust root that is gone) change nothing.
 */
export function loadPolicies(
  readings: PolicyReading[],
  previous: StoredPolicySource[],
): LoadedPolicies {
  const before = new Map(previous.map(stored => [stored.source, stored]));
  const settled = readings.map(reading =>
    settle(reading, before.get(reading.source)),
  );
  const problems = problemsOf(bundlesOf(settled));
  if (problems.length === 0) {
    return { policySet: policySetOf(bundlesOf(settled)), sources: settled };
  }
  const sources = settled.map(stored => ({
    source: stored.source,
    bundle: before.get(stored.source)?.bundle,
    problems: [
      ...stored.problems,
      ...problems.filter(problem => problem.source === stored.source),
    ],
  }));
  return { policySet: policySetOf(bundlesOf(previous)), sources };
}

function policySetOf(bundles: PolicyBundle[]): PolicySet {
  const result = policySetFromBundles(bundles);
  // Bytes that were good once are refused only by another version of this plugin: then nothing is in force.
  return bundles.length > 0 && result.ok ? result.policySet : EMPTY;
}
