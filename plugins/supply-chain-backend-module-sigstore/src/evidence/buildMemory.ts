import {
  EarlierBuild,
  ImageSubject,
  parseDigest,
  parseStrictJson,
  ProvenanceStatement,
} from 'backstage-plugin-supply-chain-common';
import type { CollectContext } from 'backstage-plugin-supply-chain-node';
import { z } from 'zod';

/** Builds that are remembered for one repository; the one first seen longest ago goes first. */
const BUILDS_MAX = 20;
const MEMORY_MAX_BYTES = 256 * 1024;

const memoryShape = z
  .array(
    z.object({
      digest: z.string().transform((text, context) => {
        const digest = parseDigest(text);
        if (!digest) {
          context.addIssue({ code: 'custom', message: 'expected a digest' });
          return z.NEVER;
        }
        return digest;
      }),
      firstSeenAt: z.string(),
      attestedAt: z.string().optional(),
      builder: z.string().optional(),
      repository: z.string().optional(),
      repositoryId: z.string().optional(),
      workflow: z.string().optional(),
    }),
  )
  .max(BUILDS_MAX);

type RecallOptions = {
  subject: ImageSubject;
  statements: ProvenanceStatement[];
  context: Pick<CollectContext, 'state' | 'now' | 'logger'>;
};

/**
 * Remembers a build that some trust root vouches for, and recalls the one made before it in the same repository:
 * what a change of builder, source or workflow is told against. Writes only what it did not know.
 *
 * Two looks at images of one repository may overlap; then one of them is forgotten until its next look.
 */
export async function recallEarlierBuild(
  options: RecallOptions,
): Promise<EarlierBuild | undefined> {
  try {
    return await recall(options);
  } catch (error) {
    // A memory that fails must not take the evidence with it.
    options.context.logger.warn(
      `the builds of "${options.subject.repository}" are not remembered: ${error}`,
    );
    return undefined;
  }
}

async function recall({
  subject,
  statements,
  context,
}: RecallOptions): Promise<EarlierBuild | undefined> {
  const verified = verifiedBuild(statements);
  if (!verified) {
    return undefined;
  }
  const key = `builds:${subject.repository}`;
  const known = readMemory(await context.state.get(key));
  const position = known.findIndex(({ digest }) => digest === subject.digest);
  if (position >= 0) {
    return known[position - 1];
  }
  if (wasDisplaced(known, verified.signedAt)) {
    return undefined;
  }
  const build: EarlierBuild = {
    digest: subject.digest,
    firstSeenAt: context.now.toISOString(),
    ...(verified.signedAt && { attestedAt: verified.signedAt }),
    ...verified.build,
  };
  const builds = [...known, build].sort(
    (one, other) =>
      instantOf(one) - instantOf(other) ||
      Date.parse(one.firstSeenAt) - Date.parse(other.firstSeenAt),
  );
  await context.state.set(key, JSON.stringify(builds.slice(-BUILDS_MAX)));
  return builds[builds.indexOf(build) - 1];
}

/** Where it stands in time: images are not looked at in the order they were made in. */
function instantOf({ attestedAt, firstSeenAt }: EarlierBuild): number {
  return Date.parse(attestedAt ?? firstSeenAt);
}

/** An old build that is looked at again would displace the next oldest, and so on in turn, forever. */
function wasDisplaced(known: EarlierBuild[], signedAt?: string): boolean {
  return (
    known.length >= BUILDS_MAX &&
    signedAt !== undefined &&
    Date.parse(signedAt) < instantOf(known[0])
  );
}

function readMemory(text: string | undefined): EarlierBuild[] {
  const json =
    text !== undefined && parseStrictJson(text, { maxBytes: MEMORY_MAX_BYTES });
  const memory = memoryShape.safeParse(json && json.ok ? json.value : []);
  // What cannot be read is forgotten: it is a help, never a proof.
  return memory.success ? memory.data : [];
}

type VerifiedBuild = {
  build: Omit<EarlierBuild, 'digest' | 'firstSeenAt'>;
  signedAt?: string;
};

function verifiedBuild(
  statements: ProvenanceStatement[],
): VerifiedBuild | undefined {
  for (const { content, checks } of statements) {
    const check = checks.find(({ status }) => status === 'verified');
    if (content.type === 'slsaProvenance' && check) {
      const { builderId, source, repositoryId, workflow } = content.claims;
      const signer = check.signer;
      // Only the certificate is proven; the predicate was written by the build.
      const proven = signer?.type === 'identity' ? signer.extensions : {};
      const build = {
        builder: builderId,
        repository: proven.sourceRepositoryUri ?? source?.repository,
        repositoryId: proven.sourceRepositoryIdentifier ?? repositoryId,
        workflow,
      };
      return {
        build: Object.fromEntries(
          Object.entries(build).filter(([, value]) => value !== undefined),
        ),
        signedAt: check.signedAt,
      };
    }
  }
  return undefined;
}
