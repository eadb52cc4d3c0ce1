import {
  compareResourceVersions,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { expectSameList, ListPage } from './listItems';
import { ObjectProblem } from './ReflectorTarget';
import { ResourceReader, Scope } from './ResourceReader';
import { usableObjects } from './usableObjects';

const PAGE_LIMIT = 2_000;

/**
 * An object of a metadata-only list, reduced to what a comparison needs.
 *
 * @internal
 */
export type Listed = Pick<
  KubernetesObject['metadata'],
  'uid' | 'name' | 'namespace' | 'resourceVersion'
>;

/**
 * @internal
 */
export type ScopeListing = {
  position: string;
  /** Read from etcd rather than from a cache that may be behind. */
  consistent: boolean;
  listed: Listed[];
  problems: ObjectProblem[];
};

/**
 * Lists metadata from the server's watch cache, or from etcd when that cache is behind what is known already.
 *
 * @internal
 */
export async function listMetadata(options: {
  reader: ResourceReader;
  scope: Scope;
  /** The version a watch has reached before. */
  reached: string | undefined;
  signal: AbortSignal;
}): Promise<ScopeListing> {
  const { reader, scope, reached, signal } = options;
  const page = await reader.cachedMetadata(scope, signal);
  const behind =
    reached !== undefined &&
    (compareResourceVersions(page.resourceVersion, reached) ?? 0) < 0;
  if (behind || page.continueToken) {
    return listConsistently({ reader, scope, signal });
  }
  return {
    position: page.resourceVersion,
    consistent: false,
    ...reduce(await page.items, reader),
  };
}

async function listConsistently(options: {
  reader: ResourceReader;
  scope: Scope;
  signal: AbortSignal;
}): Promise<ScopeListing> {
  const { reader } = options;
  const listed: Listed[] = [];
  const problems: ObjectProblem[] = [];
  let first: ListPage | undefined;
  let continueToken: string | undefined;
  do {
    const page: ListPage = await reader.page({
      ...options,
      form: 'metadata',
      limit: PAGE_LIMIT,
      continueToken,
    });
    const reduced = reduce(await page.items, reader);
    listed.push(...reduced.listed);
    problems.push(...reduced.problems);
    first = expectSameList(first, page);
    continueToken = page.continueToken;
  } while (continueToken);
  return {
    position: first.resourceVersion,
    consistent: true,
    listed,
    problems,
  };
}

function reduce(
  items: unknown[],
  reader: ResourceReader,
): Pick<ScopeListing, 'listed' | 'problems'> {
  const { objects, problems } = usableObjects(items, reader);
  const listed = objects.map(
    ({ metadata: { uid, name, namespace, resourceVersion } }) => ({
      uid,
      name,
      namespace,
      resourceVersion,
    }),
  );
  return { listed, problems };
}
