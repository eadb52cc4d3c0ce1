import { z } from 'zod';

/** Longer texts are not what a predicate says there; they would be stored and shown. */
const TEXT_MAX_LENGTH = 2048;
/** Dependencies that are read; all of them are counted. */
export const DEPENDENCIES_READ = 1000;

/** A text that must be there. It may be empty: BuildKit leaves its name empty outside of CI. */
export const textShape = z.string().max(TEXT_MAX_LENGTH);

/** A text that may be missing; Go writes what is missing as `null`. */
export const optionalText = textShape
  .nullish()
  .transform(text => text || undefined);

/** Free parameters of a build: read where they have the form that is looked for, and left where not. */
export const freeText = optionalText.catch(undefined);

/** A digest set: https://github.com/in-toto/attestation/blob/main/spec/v1/digest_set.md */
export const digestsShape = z.record(z.string().max(256)).nullish();

/** A material or resolved dependency. */
export const dependencyShape = z.object({
  uri: optionalText,
  name: optionalText,
  digest: digestsShape,
});

/** Dependencies of a build; their number is a fact, their content is read up to a bound. */
export const dependenciesShape = z
  .array(z.unknown())
  .nullish()
  .transform((all, context) => {
    const read = z
      .array(dependencyShape)
      .safeParse((all ?? []).slice(0, DEPENDENCIES_READ));
    if (!read.success) {
      read.error.issues.forEach(issue => context.addIssue(issue));
      return z.NEVER;
    }
    return { count: all?.length ?? 0, read: read.data };
  });

/** A material or resolved dependency. */
export type Dependency = z.infer<typeof dependencyShape>;

/** An object of free parameters; anything else counts as none. */
export const freeObject = z.record(z.unknown()).catch({});

/** A text of a free object, or `undefined`. */
export function textOf(
  object: Record<string, unknown>,
  ...names: string[]
): string | undefined {
  return names
    .map(name => (Object.hasOwn(object, name) ? object[name] : undefined))
    .map(value => freeText.parse(value))
    .find(text => text !== undefined);
}

/** An object inside a free object; empty when there is none. */
export function objectOf(
  object: Record<string, unknown>,
  name: string,
): Record<string, unknown> {
  return freeObject.parse(
    Object.hasOwn(object, name) ? object[name] : undefined,
  );
}
