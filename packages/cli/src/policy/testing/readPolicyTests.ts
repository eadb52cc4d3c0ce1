import { dirname, join } from 'node:path';
import { PolicyFacts } from 'backstage-plugin-supply-chain-common';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { CommandLineError } from '../../commandLine/CommandLineError';
import { readFileUpTo } from 'backstage-plugin-supply-chain-node/policies';
import { parseInstant } from '../../verify/parseInstant';
import { readFacts, readFactsFile } from '../facts/readFacts';

const MAX_BYTES = 4 * 1024 * 1024;

/** `outcome`, or `outcome(reason)`. */
const expectationSchema = z
  .string()
  .regex(
    /^(?:pass|fail|warn|unknown|waived|notApplicable)(?:\(\w+\))?$/,
    'expected an outcome such as "fail" or "fail(noSignature)"',
  );

const caseSchema = z
  .object({
    name: z.string().min(1),
    facts: z.unknown().optional(),
    factsFile: z.string().min(1).optional(),
    now: z.string().optional(),
    expect: z
      .object({
        outcome: expectationSchema.optional(),
        rules: z.record(z.string(), expectationSchema).optional(),
      })
      .strict()
      .refine(
        ({ outcome, rules }) => outcome !== undefined || rules !== undefined,
        'expected "outcome" or "rules"',
      ),
  })
  .strict();

const fileSchema = z
  .object({
    apiVersion: z.literal('supply-chain/v1'),
    kind: z.literal('PolicyTest'),
    policies: z.array(z.string().min(1)).min(1),
    now: z.string().optional(),
    cases: z.array(caseSchema).min(1).max(1_000),
  })
  .strict();

/** One case: facts, and what policies must say of them. */
export type PolicyTestCase = {
  name: string;
  facts: PolicyFacts;
  /** Absent: the clock of the machine. */
  now?: Date;
  expected: {
    /** `outcome`, or `outcome(reason)`. */
    outcome?: string;
    /** By `policy/rule`, or by `rule` where only one policy has it. */
    rules: Record<string, string>;
  };
};

/** A file of cases. */
export type PolicyTestFile = {
  file: string;
  /** Files with the policies, beside it. */
  policies: string[];
  cases: PolicyTestCase[];
};

/**
 * Reads a file of cases.
 *
 * @throws CommandLineError when it does not load.
 */
export async function readPolicyTests(file: string): Promise<PolicyTestFile> {
  const parsed = fileSchema.safeParse(await readYaml(file));
  if (!parsed.success) {
    throw doesNotLoad(
      file,
      parsed.error.issues.map(
        ({ path, message }) => `${path.map(String).join('.')}: ${message}`,
      ),
    );
  }
  const { policies, cases, now } = parsed.data;
  const folder = dirname(file);
  const read: PolicyTestCase[] = [];
  for (const each of cases) {
    read.push({
      name: each.name,
      facts: await factsOf(each, file),
      now: nowOf(each.now ?? now, file),
      expected: {
        ...(each.expect.outcome && { outcome: each.expect.outcome }),
        rules: each.expect.rules ?? {},
      },
    });
  }
  return {
    file,
    policies: policies.map(each => join(folder, each)),
    cases: read,
  };
}

async function readYaml(file: string): Promise<unknown> {
  try {
    const bytes = await readFileUpTo(file, MAX_BYTES);
    if (!bytes) {
      throw new Error(`it has more than ${MAX_BYTES} bytes`);
    }
    const document = parseDocument(new TextDecoder().decode(bytes), {
      version: '1.2',
      schema: 'core',
      uniqueKeys: true,
    });
    const [error] = document.errors;
    if (error) {
      throw error;
    }
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw doesNotLoad(file, [(error as Error).message]);
  }
}

async function factsOf(
  { name, facts, factsFile }: z.infer<typeof caseSchema>,
  file: string,
): Promise<PolicyFacts> {
  if ((facts === undefined) === (factsFile === undefined)) {
    throw doesNotLoad(file, [
      `case "${name}": expected either "facts" or "factsFile"`,
    ]);
  }
  if (factsFile !== undefined) {
    const [first, ...others] = await readFactsFile(
      join(dirname(file), factsFile),
    );
    if (!first || others.length > 0) {
      throw doesNotLoad(file, [
        `case "${name}": expected one line in "${factsFile}"`,
      ]);
    }
    return first;
  }
  const read = readFacts(facts);
  if (!read.ok) {
    throw doesNotLoad(file, [`case "${name}": ${read.problem}`]);
  }
  return read.facts;
}

function nowOf(text: string | undefined, file: string): Date | undefined {
  const now = text === undefined ? undefined : parseInstant(text);
  if (text !== undefined && !now) {
    throw doesNotLoad(file, [
      `expected "now" as 2026-12-03T12:00:00Z (RFC 3339), got "${text}"`,
    ]);
  }
  return now;
}

function doesNotLoad(file: string, problems: string[]): CommandLineError {
  return new CommandLineError(
    'configuration',
    problems.map(problem => `${file}: ${problem}`),
  );
}
