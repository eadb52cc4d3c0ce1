import { schema } from 'backstage-plugin-supply-chain-common';
import { SourcePart } from 'backstage-plugin-supply-chain-node';
import {
  READABLE_RESOURCES,
  ReadableResource,
} from 'backstage-plugin-supply-chain-node/clusters';
import { SourceHealthRow } from '../../../database/tables';

/**
 * How some kinds of reports of a cluster can be read. What its source does not name among its parts is not read: it is
 * switched off, or the source is limited to namespaces.
 *
 * @param source - What reads them in the cluster; undefined: nothing does.
 */
export function clusterReadsOf(
  source: SourceHealthRow | undefined,
  resources: readonly ReadableResource[],
): schema.ClusterRead[] {
  return resources.map(resource => {
    const { kind } = READABLE_RESOURCES[resource];
    return { kind, ...stateOf(source, resource) };
  });
}

function stateOf(
  source: SourceHealthRow | undefined,
  resource: ReadableResource,
): Omit<schema.ClusterRead, 'kind'> {
  if (!source) {
    return { state: 'notRead' };
  }
  if (source.parts === null) {
    // Nothing of the cluster has been read yet, or nothing of it can be.
    return told(source as Told);
  }
  const parts: SourcePart[] = JSON.parse(source.parts);
  const part = parts.find(({ name }) => name === resource);
  return part ? told(part) : { state: 'notRead' };
}

type Told = {
  state: SourcePart['state'];
  reason?: string | null;
  message?: string | null;
};

function told({
  state,
  reason,
  message,
}: Told): Omit<schema.ClusterRead, 'kind'> {
  return { state, ...(reason && { reason }), ...(message && { message }) };
}
