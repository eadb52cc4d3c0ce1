import { IncomingMessage } from 'node:http';
import { Reply } from '../http';
import { apiVersionOf, KUBERNETES_RESOURCES } from './resources';
import { apiReply } from './statusReply';

/** What the server says it serves; undefined for a path where it says nothing. */
export function discoveryReply(
  { url = '/' }: IncomingMessage,
  missing: ReadonlySet<string>,
): Reply | undefined {
  const { pathname: path } = new URL(url, 'http://sandbox');
  const served = KUBERNETES_RESOURCES.filter(
    ({ group, plural }) => group && !missing.has(plural),
  );
  if (path === '/apis') {
    const groups = [...new Set(served.map(({ group }) => group))];
    return apiReply(200, {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: groups.map(name => {
        const { version } = served.find(({ group }) => group === name)!;
        const groupVersion = `${name}/${version}`;
        const versions = [{ groupVersion, version }];
        return { name, versions, preferredVersion: versions[0] };
      }),
    });
  }
  const resources = served.filter(
    resource => path === `/apis/${apiVersionOf(resource)}`,
  );
  if (resources.length === 0) {
    return undefined;
  }
  return apiReply(200, {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf(resources[0]),
    resources: resources.map(({ plural, kind, namespaced }) => ({
      name: plural,
      kind,
      namespaced,
      verbs: ['get', 'list', 'watch'],
    })),
  });
}
