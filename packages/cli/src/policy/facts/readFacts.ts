import {
  parseImageReference,
  parseStrictJson,
  PolicyFacts,
} from 'backstage-plugin-supply-chain-common';
import { z } from 'zod';
import { CommandLineError } from '../../commandLine/CommandLineError';
import { readFileUpTo } from 'backstage-plugin-supply-chain-node/policies';

const FILE_MAX_BYTES = 256 * 1024 * 1024;
const LINE_MAX_BYTES = 16 * 1024 * 1024;

const evidence = (kind: string) =>
  z
    .object({
      kind: z.literal(kind),
      collector: z.string(),
      status: z.enum(['present', 'absent', 'invalid', 'unavailable']),
      observedAt: z.string(),
    })
    .passthrough();

/**
 * The outer form of facts. What is inside evidence is taken as it is: a rule that cannot read it says that it cannot
 * tell (L19).
 */
const factsSchema = z
  .object({
    image: z.union([
      z.string().min(1),
      z
        .object({
          imageRef: z.string().min(1),
          repository: z.string().optional(),
          digest: z.string().optional(),
          digestSource: z
            .enum(['imageID', 'specDigest', 'tagResolvedNow', 'none'])
            .optional(),
          imageIDRepository: z.string().optional(),
          platform: z.string().optional(),
          started: z.boolean().optional(),
          containerType: z.enum(['app', 'init', 'ephemeral']).optional(),
        })
        .strict(),
    ]),
    where: z
      .object({ cluster: z.string(), namespace: z.string() })
      .strict()
      .nullable()
      .optional(),
    entity: z
      .object({
        ref: z.string(),
        kind: z.string(),
        namespace: z.string(),
        name: z.string(),
        type: z.string().optional(),
        lifecycle: z.string().optional(),
        owner: z.string().optional(),
        system: z.string().optional(),
        sourceLocation: z.string().optional(),
        catalogLocation: z.string().optional(),
      })
      .strict()
      .nullable()
      .optional(),
    origin: evidence('origin').optional(),
    signatures: z.array(evidence('signature')).default([]),
    provenance: evidence('provenance').optional(),
    expectedSource: z.string().optional(),
    scans: z.array(evidence('vulnerabilities')).default([]),
    vex: z.array(evidence('vex')).optional(),
    scanner: z
      .object({
        status: z.enum(['ok', 'unavailable']),
        message: z.string().optional(),
      })
      .strict()
      .optional(),
    vulnerabilityClocks: z
      .array(
        z
          .object({
            key: z.string(),
            firstSeenAt: z.string(),
            firstFixableAt: z.string().optional(),
            fixedBeforeHistory: z.literal(true).optional(),
          })
          .strict(),
      )
      .default([]),
  })
  .passthrough();

/** Facts, or what is wrong with them. */
export type FactsResult =
  | { ok: true; facts: PolicyFacts }
  | { ok: false; problem: string };

/**
 * Reads facts as people write them or as `check --save-facts` wrote them: an image may be its reference alone, and what
 * is left out was looked for and is not there to be judged on.
 */
export function readFacts(value: unknown): FactsResult {
  const parsed = factsSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue.path.map(String).join('.');
    return { ok: false, problem: `${path || 'facts'}: ${issue.message}` };
  }
  const image =
    typeof parsed.data.image === 'string'
      ? { imageRef: parsed.data.image }
      : parsed.data.image;
  return {
    ok: true,
    facts: {
      ...parsed.data,
      image: { ...imageOf(image.imageRef), ...image },
    } as unknown as PolicyFacts,
  };
}

function imageOf(imageRef: string): PolicyFacts['image'] {
  const parsed = parseImageReference(imageRef);
  const reference = parsed.ok ? parsed.reference : undefined;
  return {
    imageRef,
    ...(reference && { repository: reference.repository }),
    ...(reference?.digest && { digest: reference.digest }),
    digestSource: reference?.digest ? 'specDigest' : 'none',
    started: true,
    containerType: 'app',
  };
}

/**
 * Reads a JSON Lines file of facts, one image a line.
 *
 * @throws CommandLineError with a line for each problem.
 */
export async function readFactsFile(file: string): Promise<PolicyFacts[]> {
  const text = await readText(file);
  const problems: string[] = [];
  const facts = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') {
      return [];
    }
    const json = parseStrictJson(line, { maxBytes: LINE_MAX_BYTES });
    const read: FactsResult = json.ok
      ? readFacts(json.value)
      : { ok: false, problem: json.message };
    if (!read.ok) {
      problems.push(`${file}:${index + 1}: ${read.problem}`);
      return [];
    }
    return [read.facts];
  });
  if (problems.length > 0) {
    throw new CommandLineError('configuration', problems);
  }
  return facts;
}

async function readText(file: string): Promise<string> {
  const problem = (why: string) =>
    new CommandLineError('configuration', [
      `the facts "${file}" cannot be read: ${why}`,
    ]);
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readFileUpTo(file, FILE_MAX_BYTES);
  } catch (error) {
    throw problem((error as Error).message);
  }
  if (!bytes) {
    throw problem(`it has more than ${FILE_MAX_BYTES} bytes`);
  }
  return new TextDecoder().decode(bytes);
}
