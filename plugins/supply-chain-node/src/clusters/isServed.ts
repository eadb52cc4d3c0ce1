import { isRecord } from 'backstage-plugin-supply-chain-common';
import { ClusterConnection } from './ClusterConnection';
import { ClusterReadError } from './ClusterReadError';
import { discoveryPath, ReadableResource } from './readableResources';

/**
 * Whether a cluster says of itself that it serves a resource of a group. Throws a {@link ClusterReadError} when it does
 * not say: a 404 is no answer to this.
 *
 * @internal
 */
export async function isServed(
  connection: ClusterConnection,
  resource: ReadableResource,
  signal: AbortSignal,
): Promise<boolean> {
  const path = discoveryPath(resource);
  const groups = listIn(
    await connection.readDiscovery('groups', resource, signal),
    'APIGroupList',
    'groups',
  );
  const isAnnounced = groups
    .flatMap(({ versions }) => (Array.isArray(versions) ? versions : []))
    .some(
      version => isRecord(version) && `/apis/${version.groupVersion}` === path,
    );
  if (!isAnnounced) {
    return false;
  }
  const resources = listIn(
    await connection.readDiscovery('resources', resource, signal),
    'APIResourceList',
    'resources',
  );
  return resources.some(({ name }) => name === resource);
}

function listIn(
  body: Buffer,
  kind: string,
  field: string,
): Record<string, unknown>[] {
  const document = parse(body);
  const list = isRecord(document) ? document[field] : undefined;
  const isList =
    isRecord(document) && document.kind === kind && Array.isArray(list);
  // Every API server has groups, and every group resources: an empty list is of none that is whole.
  if (!isList || list.length === 0 || !list.every(isRecord)) {
    throw new ClusterReadError('malformedAnswer', `expected a list '${kind}'`);
  }
  return list;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new ClusterReadError('malformedAnswer', 'the answer is not JSON', {
      cause: error,
    });
  }
}
