import {
  ImageReference,
  ImageReferenceResult,
  parseImageReference,
  ReasonCode,
} from 'backstage-plugin-supply-chain-common';
import {
  readRegistriesFor,
  RegistryClient,
} from 'backstage-plugin-supply-chain-node/registry';
import { ReferenceTask, ResolvedReference } from '../stores/ReferenceStore';
import { AnnotatedImageRules } from './AnnotatedImageRules';

/** What resolves tags. */
export type TagRegistry = Pick<RegistryClient, 'resolveTag'>;

/** A digest stands this long while the registry cannot be asked, as other evidence does (L6). */
const DIGEST_LIFETIME_MS = 24 * 60 * 60_000;

/** The pause after a failed attempt, doubled with each up to the second. */
const FAILED_FIRST_MS = 15_000;
const FAILED_LONGEST_MS = 15 * 60_000;

/** Options of {@link resolveReference}. */
export type ResolveReferenceOptions = {
  task: ReferenceTask;
  rules: AnnotatedImageRules;
  registry: TagRegistry;
  signal: AbortSignal;
  now: Date;
  /** After this long a tag is resolved again. */
  intervalMs: number;
  /** At least 0, less than 1. */
  random: () => number;
};

/** What was found out; `failure` says that asking again soon may help. */
type Finding = Pick<ResolvedReference, 'found'> & {
  failure?: { retryAfterMs?: number };
};

/** Finds out which digest a reference stands for, when it may be asked for at all (L4, L30). */
export async function resolveReference(
  options: ResolveReferenceOptions,
): Promise<ResolvedReference> {
  const { task, rules, now, intervalMs, random } = options;
  const parsed = parseImageReference(task.imageRef);
  const needsLink =
    parsed.ok && rules.accessTo(parsed.reference) === 'whenLinked';
  const { found, failure } = await findDigest(options, { parsed, needsLink });
  const common = { task, found, needsLink, now };
  return failure
    ? {
        ...common,
        attempts: task.attempts + 1,
        nextAttemptMs: retryMs(options, failure),
      }
    : {
        ...common,
        attempts: 0,
        nextAttemptMs: Math.round(intervalMs * (1 - 0.1 * random())),
      };
}

async function findDigest(
  options: ResolveReferenceOptions,
  named: { parsed: ImageReferenceResult; needsLink: boolean },
): Promise<Finding> {
  const { parsed, needsLink } = named;
  if (!parsed.ok) {
    return { found: without('referenceUnreadable') };
  }
  if (needsLink && !options.task.isLinked) {
    return { found: without('annotatedImageNotAllowed') };
  }
  const { digest } = parsed.reference;
  return digest
    ? { found: { digest, digestSource: 'specDigest' } }
    : resolveTag(options, parsed.reference);
}

async function resolveTag(
  options: ResolveReferenceOptions,
  reference: ImageReference,
): Promise<Finding> {
  const { task, registry, signal, now } = options;
  const use = { places: [{ entityRef: task.entityRef }] };
  const resolved = await readRegistriesFor(use, () =>
    registry.resolveTag(reference, { signal }),
  );
  if (resolved.ok) {
    const { digest } = resolved.value;
    return { found: { digest, digestSource: 'tagResolvedNow' } };
  }
  const { kind, reason, retryAfterMs } = resolved;
  if (kind === 'definitive') {
    return { found: without(reason) };
  }
  const stands =
    task.known &&
    now.getTime() - Date.parse(task.known.at) < DIGEST_LIFETIME_MS;
  return {
    ...(!stands && { found: without(reason) }),
    failure: { retryAfterMs },
  };
}

function without(digestReason: ReasonCode): ResolvedReference['found'] {
  return { digestSource: 'none', digestReason };
}

function retryMs(
  { task, random }: ResolveReferenceOptions,
  { retryAfterMs = 0 }: NonNullable<Finding['failure']>,
): number {
  const backoff = Math.min(
    FAILED_FIRST_MS * 2 ** Math.min(task.attempts, 10),
    FAILED_LONGEST_MS,
  );
  return Math.round(Math.max(backoff * (1 + 0.2 * random()), retryAfterMs));
}
