import {
  READABLE_RESOURCES,
  ReadableResource,
} from 'backstage-plugin-supply-chain-node/clusters';

/** What an object of a resource says of itself. */
export function expectedOf(resource: ReadableResource): {
  apiVersion: string;
  kind: string;
} {
  const { group, version, kind } = READABLE_RESOURCES[resource];
  return { apiVersion: `${group}/${version}`, kind };
}
