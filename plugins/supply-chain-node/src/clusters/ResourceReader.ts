import { ClusterConnection } from './ClusterConnection';
import { ClusterReadError } from './ClusterReadError';
import {
  isKubernetesObject,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { ListPage, PageParser, parseList } from './listItems';
import { ReadableResource, READABLE_RESOURCES } from './readableResources';

/**
 * Whether whole objects are read or only their metadata.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches
 *
 * @public
 */
export type ObjectForm = 'full' | 'metadata';

// Plain JSON stands last for servers that know no metadata form: they answer with more than is asked.
const METADATA_LIST =
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json';
const METADATA_OBJECT =
  'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json';

const PAGE_MAX_BYTES = 64 * 1024 * 1024;
// The watch cache ignores `limit`: metadata of more than 100,000 objects comes in one answer.
const WHOLE_LIST_MAX_BYTES = 256 * 1024 * 1024;
// etcd refuses objects above 1.5 MiB by default.
const OBJECT_MAX_BYTES = 8 * 1024 * 1024;

/** One namespace of a resource, or all of them when undefined. */
export type Scope = string | undefined;

/**
 * Lists, gets and watches one resource of one cluster.
 *
 * @internal
 */
export class ResourceReader {
  readonly resource: ReadableResource;
  readonly form: ObjectForm;
  readonly #connection: ClusterConnection;
  readonly #selector: Record<string, string>;
  readonly #parsePage: PageParser;

  constructor(options: {
    connection: ClusterConnection;
    resource: ReadableResource;
    form: ObjectForm;
    fieldSelector?: string;
    parsePage?: PageParser;
  }) {
    this.resource = options.resource;
    this.form = options.form;
    this.#connection = options.connection;
    this.#parsePage = options.parsePage ?? parseList;
    this.#selector = options.fieldSelector
      ? { fieldSelector: options.fieldSelector }
      : {};
  }

  /** One page of a consistent list. */
  async page(options: {
    scope: Scope;
    form: ObjectForm;
    limit: number;
    continueToken?: string;
    signal: AbortSignal;
  }): Promise<ListPage> {
    return this.#list({
      ...options,
      maxBytes: PAGE_MAX_BYTES,
      query: {
        limit: String(options.limit),
        ...(options.continueToken && { continue: options.continueToken }),
      },
    });
  }

  /** Metadata of everything, from the server's watch cache: cheap, and possibly a little old. */
  async cachedMetadata(scope: Scope, signal: AbortSignal): Promise<ListPage> {
    return this.#list({
      scope,
      form: 'metadata',
      signal,
      maxBytes: WHOLE_LIST_MAX_BYTES,
      query: { resourceVersion: '0' },
    });
  }

  /** Proves that the cluster answers and allows to list. */
  async probe(scope: Scope, signal: AbortSignal): Promise<void> {
    await this.page({ scope, form: 'metadata', limit: 1, signal });
  }

  /** One object; undefined when it is gone. */
  async get(
    object: { namespace?: string; name: string },
    signal: AbortSignal,
  ): Promise<KubernetesObject | undefined> {
    const { namespace, name } = object;
    try {
      const body = await this.#connection.read(
        { resource: this.resource, namespace, name },
        {
          signal,
          maxBytes: OBJECT_MAX_BYTES,
          accept: this.form === 'metadata' ? METADATA_OBJECT : undefined,
        },
      );
      return parseObject(body);
    } catch (error) {
      if (error instanceof ClusterReadError && error.objectMissing) {
        return undefined;
      }
      throw error;
    }
  }

  /** Opens a watch; the body of the answer is its lines. */
  watch(options: {
    scope: Scope;
    resourceVersion: string;
    timeoutSeconds: number;
    signal: AbortSignal;
  }): Promise<Response> {
    return this.#connection.request(
      { resource: this.resource, namespace: options.scope },
      {
        signal: options.signal,
        accept: this.form === 'metadata' ? METADATA_OBJECT : undefined,
        query: {
          ...this.#selector,
          watch: '1',
          allowWatchBookmarks: 'true',
          resourceVersion: options.resourceVersion,
          timeoutSeconds: String(options.timeoutSeconds),
        },
      },
    );
  }

  /** Whether an object is of this resource: list items of built-in types carry no kind. */
  accepts(object: KubernetesObject): boolean {
    return (
      object.kind === undefined ||
      object.kind === 'PartialObjectMetadata' ||
      object.kind === READABLE_RESOURCES[this.resource].kind
    );
  }

  async #list(options: {
    scope: Scope;
    form: ObjectForm;
    query: Record<string, string>;
    maxBytes: number;
    signal: AbortSignal;
  }): Promise<ListPage> {
    const body = await this.#connection.read(
      { resource: this.resource, namespace: options.scope },
      {
        signal: options.signal,
        maxBytes: options.maxBytes,
        accept: options.form === 'metadata' ? METADATA_LIST : undefined,
        query: { ...this.#selector, ...options.query },
      },
    );
    return options.form === 'full' ? this.#parsePage(body) : parseList(body);
  }
}

function parseObject(body: Buffer): KubernetesObject {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new ClusterReadError('malformedAnswer', 'the object is not JSON', {
      cause: error,
    });
  }
  if (!isKubernetesObject(value)) {
    throw new ClusterReadError(
      'malformedAnswer',
      'the object has no name, uid or resourceVersion',
    );
  }
  return value;
}
