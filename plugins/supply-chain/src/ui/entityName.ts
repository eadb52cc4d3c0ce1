import { parseEntityRef } from '@backstage/catalog-model';

/**
 * An entity reference without what goes without saying: `group:default/team-edge` as `team-edge`.
 */
export function shortEntityName(
  entityRef: string,
  defaultKind: string,
): string {
  try {
    const { kind, namespace, name } = parseEntityRef(entityRef, {
      defaultKind,
      defaultNamespace: 'default',
    });
    const place = namespace === 'default' ? name : `${namespace}/${name}`;
    return kind.toLocaleLowerCase('en-US') === defaultKind
      ? place
      : `${kind}:${place}`;
  } catch {
    // Not a reference; shown as it is.
    return entityRef;
  }
}
