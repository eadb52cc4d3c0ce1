import {
  Entity,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  catalogLocationOf,
  sourceLocationOf,
} from 'backstage-plugin-supply-chain-common';
import { contentHash } from '../database/contentHash';
import { EntityRow } from '../database/tables';

/** Beginnings of the annotations that are read. */
const READ_ANNOTATIONS = ['backstage.io/kubernetes-', 'supply-chain/'];

/** Options of {@link entityRowOf}. */
export type EntityRowOptions = {
  entity: Entity;
  /** Domain by ref of the system; the catalog ties components to systems only. */
  domains: ReadonlyMap<string, string>;
  now: Date;
};

/** An entity reduced to what links and policies need. */
export function entityRowOf(options: EntityRowOptions): EntityRow {
  const { entity, domains, now } = options;
  const annotations = entity.metadata.annotations ?? {};
  const system = partOf(entity, 'system');
  const content = {
    ref: refOf(entity),
    kind: entity.kind.toLocaleLowerCase('en-US'),
    namespace: namespaceOf(entity),
    name: entity.metadata.name.toLocaleLowerCase('en-US'),
    title: entity.metadata.title ?? null,
    type: specText(entity, 'type'),
    owner: relationOf(entity, RELATION_OWNED_BY),
    system,
    domain: partOf(entity, 'domain') ?? (system && domains.get(system)) ?? null,
    lifecycle: specText(entity, 'lifecycle'),
    source_location: sourceLocationOf(annotations) ?? null,
    catalog_location: catalogLocationOf(annotations) ?? null,
    annotations: JSON.stringify(readAnnotations(annotations)),
  };
  return {
    ...content,
    hash: contentHash(content),
    seen_at: now.toISOString(),
  };
}

/** Options of {@link linksOf}. */
export type LinksOptions = {
  row: EntityRow;
  /** Whether an operator limits what annotations may claim (L31). */
  claimsLimited: boolean;
};

/** What ties an entity to pods, as text: its annotations, and under limits on claims what these look at. */
export function linksOf(options: LinksOptions): string {
  const { row, claimsLimited } = options;
  const all: Record<string, string> = JSON.parse(row.annotations);
  const annotations = Object.entries(all).filter(([key]) =>
    key.startsWith(READ_ANNOTATIONS[0]),
  );
  if (annotations.length === 0) {
    return '';
  }
  const { type, owner, system, lifecycle } = row;
  return JSON.stringify(
    claimsLimited
      ? [annotations, type, owner, system, lifecycle]
      : [annotations],
  );
}

/** The domain each system belongs to. */
export function domainsOf(entities: Entity[]): Map<string, string> {
  const domains = new Map<string, string>();
  for (const entity of entities) {
    const domain = partOf(entity, 'domain');
    if (entity.kind.toLocaleLowerCase('en-US') === 'system' && domain) {
      domains.set(refOf(entity), domain);
    }
  }
  return domains;
}

function refOf(entity: Entity): string {
  return stringifyEntityRef(entity).toLocaleLowerCase('en-US');
}

function namespaceOf(entity: Entity): string {
  return (entity.metadata.namespace ?? 'default').toLocaleLowerCase('en-US');
}

function specText(entity: Entity, key: string): string | null {
  const value = entity.spec?.[key];
  return typeof value === 'string' ? value : null;
}

function relationOf(entity: Entity, type: string): string | null {
  const relation = entity.relations?.find(each => each.type === type);
  return relation?.targetRef.toLocaleLowerCase('en-US') ?? null;
}

function partOf(entity: Entity, kind: string): string | null {
  const relation = entity.relations?.find(
    each =>
      each.type === RELATION_PART_OF &&
      parseEntityRef(each.targetRef).kind.toLocaleLowerCase('en-US') === kind,
  );
  return relation?.targetRef.toLocaleLowerCase('en-US') ?? null;
}

function readAnnotations(
  annotations: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations)
      .filter(([key]) => READ_ANNOTATIONS.some(start => key.startsWith(start)))
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
