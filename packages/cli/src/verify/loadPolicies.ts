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

/**
 * The bytes of a policy file, of the files it names and of the TUF repositories it names.
 *
 * @throws CommandLineError when something of it cannot be read.
 */
export async function readPolicies(
  path: string,
  trustedRoots: TufReader,
): Promise<PolicyBundle> {
  const { bundle, problems } = await fetchTrustedRoots({
    bundle: await readBundle(path),
    reader: trustedRoots,
  });
  if (problems.length > 0) {
    throw doesNotLoad(problems);
  }
  return bundle;
}

/**
 * The policies in some files.
 *
 * @throws CommandLineError with a line for each problem.
 */
export function policySetOf(bundles: PolicyBundle[]): PolicySet {
  const documents = bundles.flatMap(bundle => {
    const parsed = parsePolicyBundle(bundle);
    if (!parsed.ok) {
      throw doesNotLoad(parsed.problems);
    }
    return parsed.documents;
  });
  const unusable = documents.flatMap(materialProblems);
  if (unusable.length > 0) {
    throw doesNotLoad(unusable);
  }
  const assembled = assemblePolicySet(documents);
  if (!assembled.ok) {
    throw doesNotLoad(assembled.problems);
  }
  return assembled.policySet;
}

async function readBundle(path: string): Promise<PolicyBundle> {
  try {
    return await readPolicyBundle({ type: 'file', path });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw doesNotLoad([
      {
        // Reading fails for what the system says, or for the size.
        code: code === undefined ? 'documentTooLarge' : 'documentUnreachable',
        message,
        source: path,
      },
    ]);
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

function describeProblem(problem: DocumentProblem): string {
  const { source, line, column, code, message, path } = problem;
  // A problem of a whole document stands at its beginning.
  const place =
    line === undefined ? source : `${source}:${line}:${column ?? 1}`;
  return `${place}: ${code}: ${message}${path ? ` (${path})` : ''}`;
}
