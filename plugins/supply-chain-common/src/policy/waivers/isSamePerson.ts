import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/**
 * Whether two names stand for the same person: case and spelling of a reference do not make another one (L22).
 *
 * @public
 */
export function isSamePerson(left: string, right: string): boolean {
  return personOf(left) === personOf(right);
}

/**
 * The one spelling of a person's name: a full entity reference where it is one, lower case.
 *
 * @public
 */
export function personOf(text: string): string {
  const name = text.trim();
  try {
    return stringifyEntityRef(
      parseEntityRef(name, {
        defaultKind: 'user',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    // Not a reference, so it is compared as it is written.
    return name.toLocaleLowerCase('en-US');
  }
}
