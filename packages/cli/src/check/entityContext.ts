import {
  describedEntity,
  EntityFacts,
  EntityMatch,
  namedEntity,
  PolicySet,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';
import { parseAllDocuments } from 'yaml';
import { CommandLineError, usageError } from '../commandLine/CommandLineError';
import { readFileUpTo } from 'backstage-plugin-supply-chain-node/policies';

const MAX_BYTES = 1024 * 1024;

/** The entity images are judged for, and what is not known of it. */
export type EntityContext = {
  entity: EntityFacts;
  /** Match keys without context: they count as matching, and the result names them (L29). */
  unknownKeys: (keyof EntityMatch)[];
};

/** What a reference does not say. */
const UNSAID_BY_REFERENCE: (keyof EntityMatch)[] = [
  'type',
  'lifecycle',
  'system',
  'owner',
];

/**
 * The entity that `--entity` names, or that a descriptor in `--entity-file` describes; `undefined` without both.
 *
 * @throws CommandLineError when there is no such entity.
 */
export async function readEntityContext(options: {
  reference?: string;
  file?: string;
}): Promise<EntityContext | undefined> {
  const { reference, file } = options;
  const named = reference === undefined ? undefined : namedEntity(reference);
  if (reference !== undefined && !named) {
    throw usageError(
      `expected --entity as a reference such as "component:default/web", got "${reference}"`,
    );
  }
  if (file === undefined) {
    return named && { entity: named, unknownKeys: UNSAID_BY_REFERENCE };
  }
  const entities = await readDescriptors(file);
  const [entity, ...others] = entities.filter(
    ({ ref }) => named === undefined || ref === named.ref,
  );
  if (!entity || others.length > 0) {
    const found = entities.map(({ ref }) => ref).join(', ') || 'none';
    throw new CommandLineError('configuration', [
      `expected ${
        named ? `"${named.ref}"` : 'one entity'
      } in "${file}", got ${found}`,
    ]);
  }
  return { entity, unknownKeys: [] };
}

async function readDescriptors(file: string): Promise<EntityFacts[]> {
  const problem = (why: string) =>
    new CommandLineError('configuration', [
      `the entity file "${file}" cannot be read: ${why}`,
    ]);
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readFileUpTo(file, MAX_BYTES);
  } catch (error) {
    throw problem((error as Error).message);
  }
  if (!bytes) {
    throw problem(`it has more than ${MAX_BYTES} bytes`);
  }
  const documents = parseAllDocuments(new TextDecoder().decode(bytes), {
    version: '1.2',
    schema: 'core',
  });
  return [documents].flat().flatMap(document => {
    const [error] = document.errors ?? [];
    if (error) {
      throw problem(error.message);
    }
    try {
      // Without aliases: a descriptor of a few lines could grow without end.
      return describedEntity(document.toJS({ maxAliasCount: 0 })) ?? [];
    } catch (cause) {
      throw problem((cause as Error).message);
    }
  });
}

/**
 * Policies without the match keys that are not known: a reference alone does not say what lifecycle an entity has.
 *
 * @returns the policies, and by their name the keys that were left out.
 */
export function withoutUnknownKeys(
  policySet: PolicySet,
  unknownKeys: readonly (keyof EntityMatch)[],
): { policySet: PolicySet; unknown: Map<string, string[]> } {
  const unknown = new Map<string, string[]>();
  const policies = policySet.policies.map(policy => {
    const { entities } = policy.match;
    const left = unknownKeys.filter(key => entities?.[key] !== undefined);
    if (!entities || left.length === 0) {
      return policy;
    }
    unknown.set(
      policy.name,
      left.map(key => `entities.${key}`),
    );
    return withMatch(policy, omit(entities, left));
  });
  return { policySet: { ...policySet, policies }, unknown };
}

function withMatch(
  policy: SupplyChainPolicy,
  entities: EntityMatch,
): SupplyChainPolicy {
  return { ...policy, match: { ...policy.match, entities } };
}

function omit(
  match: EntityMatch,
  keys: readonly (keyof EntityMatch)[],
): EntityMatch {
  return Object.fromEntries(
    Object.entries(match).filter(
      ([key]) => !keys.includes(key as keyof EntityMatch),
    ),
  );
}
