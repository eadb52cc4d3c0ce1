import {
  isKubernetesObject,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { ClusterReadError, ClusterReadReason } from '../ClusterReadError';
import { ListHead, parseList } from '../listItems';
import { serveTasks } from '../../threads/serveTasks';

/** An object and what was made of it. One without name, uid or resourceVersion is null. */
export type ServedItem<T> = {
  object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>;
  prepared: T;
} | null;

/**
 * Makes of each object of a page what is handed over.
 *
 * @public
 */
export type Preparing<T, C> = (context: C) => (object: KubernetesObject) => T;

/** The page, or why there is none. */
export type PageAnswer<T> =
  | { head: ListHead; items: ServedItem<T>[] }
  | { refused: { reason: ClusterReadReason; message: string } }
  | { error: string };

/**
 * Makes the file that calls it one to start a {@link PageThread} from: in a thread of that name, and nowhere else, it
 * reads pages and hands over what is made of their objects. `preparing` is called for each page: what is made for one page
 * may share what it has in common, and is copied with it once.
 *
 * @public
 */
export function servePages<T, C>(options: {
  worker: string;
  preparing: Preparing<T, C>;
}): void {
  const { worker, preparing } = options;
  serveTasks<C, PageAnswer<T>>({
    worker,
    answer: (body, context) => pageOf(body, preparing(context)),
    failure: failureOf,
  });
}

async function pageOf<T>(
  body: Buffer,
  prepare: (object: KubernetesObject) => T,
): Promise<PageAnswer<T>> {
  const { items, bytes: _, ...head } = await parseList(body);
  return { head, items: items.map(item => served(item, prepare)) };
}

function failureOf(error: unknown): PageAnswer<never> {
  if (!(error instanceof ClusterReadError)) {
    return { error: String(error) };
  }
  const { reason, message } = error;
  return { refused: { reason, message } };
}

function served<T>(
  item: unknown,
  prepare: (object: KubernetesObject) => T,
): ServedItem<T> {
  if (!isKubernetesObject(item)) {
    return null;
  }
  const { apiVersion, kind } = item;
  const { name, namespace, uid, resourceVersion } = item.metadata;
  return {
    object: {
      apiVersion,
      kind,
      metadata: { name, namespace, uid, resourceVersion },
    },
    prepared: prepare(item),
  };
}
