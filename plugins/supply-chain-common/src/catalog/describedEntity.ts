import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { isRecord } from '../kubernetes/KubernetesObject';
import { EntityFacts } from '../policy/types';
import { catalogLocationOf } from './catalogLocationOf';
import { sourceLocationOf } from './sourceLocationOf';

/** The parser takes every character; the catalog does not. */
const FULL_REF = /^[a-z][a-z0-9]*:[a-z0-9._-]+\/[a-z0-9._-]+$/;

/**
 * A full entity reference in lower case; undefined for what is none. A reference without kind is a component.
 *
 * @public
 */
export function fullEntityRef(text: string): string | undefined {
  return normalRef(text, 'component', 'default');
}

/**
 * What a reference alone says of an entity. Everything else is not known, and must not count as absent (L29).
 *
 * @returns undefined for what is no reference.
 * @public
 */
export function namedEntity(
  text: string,
): Pick<EntityFacts, 'ref' | 'kind' | 'namespace' | 'name'> | undefined {
  const ref = fullEntityRef(text);
  return ref === undefined ? undefined : { ref, ...parseEntityRef(ref) };
}

/**
 * An entity as its descriptor writes it, before any catalog has processed it: owner and system come from `spec`.
 *
 * @returns undefined for what is no descriptor.
 * @public
 */
export function describedEntity(descriptor: unknown): EntityFacts | undefined {
  if (!isRecord(descriptor) || !isRecord(descriptor.metadata)) {
    return undefined;
  }
  const { kind, metadata } = descriptor;
  const { name, namespace = 'default' } = metadata;
  if (![kind, name, namespace].every(isText)) {
    return undefined;
  }
  const identity = namedEntity(`${kind}:${namespace}/${name}`);
  return identity && { ...identity, ...describedFacts(descriptor, identity) };
}

function describedFacts(
  descriptor: Record<string, unknown>,
  { namespace }: { namespace: string },
): Partial<EntityFacts> {
  const { metadata } = descriptor as Pick<Entity, 'metadata'>;
  const spec = isRecord(descriptor.spec) ? descriptor.spec : {};
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(([, text]) =>
      isText(text),
    ),
  );
  const facts = {
    type: textOf(spec.type),
    lifecycle: textOf(spec.lifecycle),
    owner: refOf(spec.owner, 'group', namespace),
    system: refOf(spec.system, 'system', namespace),
    sourceLocation: sourceLocationOf(annotations),
    catalogLocation: catalogLocationOf(annotations),
  };
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function textOf(value: unknown): string | undefined {
  return isText(value) ? value : undefined;
}

function refOf(
  value: unknown,
  kind: string,
  namespace: string,
): string | undefined {
  return isText(value) ? normalRef(value, kind, namespace) : undefined;
}

function normalRef(
  text: string,
  defaultKind: string,
  defaultNamespace: string,
): string | undefined {
  try {
    const ref = stringifyEntityRef(
      parseEntityRef(text, { defaultKind, defaultNamespace }),
    ).toLocaleLowerCase('en-US');
    return FULL_REF.test(ref) ? ref : undefined;
  } catch {
    return undefined;
  }
}
