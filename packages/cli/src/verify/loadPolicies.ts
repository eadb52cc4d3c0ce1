import {
  assemblePolicySet,
  DocumentProblem,
  parsePolicyBundle,
  PolicyBundle,
  PolicyDocument,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import {
  fetchTrustedRoots,
  readPolicyBundle,
  TufReader,
} from 'backstage-plugin-supply-chain-node/policies';
import { trustMaterialProblem } from 'backstage-plugin-supply-chain-node/trust';
import { CommandLineError } from '../commandLine/CommandLineError';

/** What some files come to. */
export type PolicyLoad =
  | { ok: true; policySet: PolicySet }
  | { ok: false; problems: DocumentProblem[] };

type BundleRead =
  | { ok: true; bundle: PolicyBundle }
  | { ok: false; problems: DocumentProblem[] };

/**
 * Reads policies and trust roots; what does not load ends the command (L28).
 *
 * @throws CommandLineError with a line for each problem.
 */
export async function loadPolicies(
  path: string,
  trustedRoots: TufReader,
): Promise<PolicySet> {
  return policySetOf([await readPolicies(path, trustedRoots)]);
}

/** Reads the policies of some files, and says everything that is wrong with them. */
export async function tryLoadPolicies(
  paths: string[],
  trustedRoots: TufReader,
): Promise<PolicyLoad> {
  const reads: BundleRead[] = [];
  for (const path of paths) {
    reads.push(await tryReadPolicies(path, trustedRoots));
  }
  const unread = reads.flatMap(each => (each.ok ? [] : each.problems));
  const read = reads.flatMap(each => (each.ok ? [each.bundle] : []));
  const loaded = tryPolicySetOf(read);
  const wrong = loaded.ok ? [] : loaded.problems;
  return unread.length > 0 || !loaded.ok
    ? { ok: false, problems: [...unread, ...wrong] }
    : loaded;
}

/**
 * The bytes of a policy file, of the files it names and of the TUF repositories it names.
 *
 * @throws CommandLineError when something of it cannot be read.
 */
export async function readPolicies(
  path: string,
  trustedRoots: TufReader,
): Promise<PolicyBundle> {
  const read = await tryReadPolicies(path, trustedRoots);
  if (!read.ok) {
    throw doesNotLoad(read.problems);
  }
  return read.bundle;
}

/**
 * The policies in some files.
 *
 * @throws CommandLineError with a line for each problem.
 */
export function policySetOf(bundles: PolicyBundle[]): PolicySet {
  const loaded = tryPolicySetOf(bundles);
  if (!loaded.ok) {
    throw doesNotLoad(loaded.problems);
  }
  return loaded.policySet;
}

async function tryReadPolicies(
  path: string,
  trustedRoots: TufReader,
): Promise<BundleRead> {
  const read = await readBundle(path);
  if (!read.ok) {
    return read;
  }
  const { bundle, problems } = await fetchTrustedRoots({
    bundle: read.bundle,
    reader: trustedRoots,
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, bundle };
}

/** Problems of one stage hide those of the next, which would only follow from them. */
function tryPolicySetOf(bundles: PolicyBundle[]): PolicyLoad {
  const parsed = bundles.map(parsePolicyBundle);
  const malformed = parsed.flatMap(each => (each.ok ? [] : each.problems));
  const documents = parsed.flatMap(each => (each.ok ? each.documents : []));
  const problems = [...malformed, ...documents.flatMap(materialProblems)];
  return problems.length > 0
    ? { ok: false, problems }
    : assemblePolicySet(documents);
}

async function readBundle(path: string): Promise<BundleRead> {
  try {
    return {
      ok: true,
      bundle: await readPolicyBundle({ type: 'file', path }),
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return {
      ok: false,
      problems: [
        {
          // Reading fails for what the system says, or for the size.
          code: code === undefined ? 'documentTooLarge' : 'documentUnreachable',
          message,
          source: path,
        },
      ],
    };
  }
}

/** Keys and trusted roots that are no use are found before anything is judged by them. */
function materialProblems(document: PolicyDocument): DocumentProblem[] {
  if (document.kind !== 'TrustRoot') {
    return [];
  }
  const { trustRoot, source, line } = document;
  const problem = trustMaterialProblem(trustRoot);
  return problem
    ? [
        {
          code: problem.reason,
          message: `the trust root "${trustRoot.name}" cannot be used: ${problem.message}`,
          source,
          line,
        },
      ]
    : [];
}

function doesNotLoad(problems: DocumentProblem[]): CommandLineError {
  return new CommandLineError('configuration', problems.map(describeProblem));
}

/** A problem as people read it, with its place. */
export function describeProblem(problem: DocumentProblem): string {
  const { source, line, column, code, message, path } = problem;
  // A problem of a whole document stands at its beginning.
  const place =
    line === undefined ? source : `${source}:${line}:${column ?? 1}`;
  return `${place}: ${code}: ${message}${path ? ` (${path})` : ''}`;
}
