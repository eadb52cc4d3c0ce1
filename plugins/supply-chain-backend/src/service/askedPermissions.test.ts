import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Permission } from '@backstage/plugin-permission-common';
import { supplyChainPermissions } from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../__testUtils__/testDatabases';
import { spec } from '../schema/openapi/generated';
import { IMAGES } from './__testUtils__/exampleEvidence';
import { REFS } from './__testUtils__/exampleWorld';
import { hoursAgo } from './__testUtils__/StoredWorld';
import { trivyReport } from './__testUtils__/trivyReport';
import { useExampleRouter } from './__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const PAGE = join(__dirname, '../../../../docs/permissions.md');

const ENTITY_BOUND = 'an entity';
const NOT_APPLICABLE = '–';

/** Cells of the page's first table, by permission. */
function documented(): { name: string; cells: string[] }[] {
  return readFileSync(PAGE, 'utf8')
    .split('\n')
    .filter(line => line.startsWith('| `supply-chain.'))
    .map(line => line.split('|').map(cell => cell.trim()))
    .filter(cells => cells.length === 7)
    .map(([, name, ...cells]) => ({ name: name.replaceAll('`', ''), cells }));
}

it('docs/permissions.md lists every permission with its action and what it is about', () => {
  expect(
    documented().map(({ name, cells: [action, about] }) => [
      name,
      action,
      about,
    ]),
  ).toEqual(
    supplyChainPermissions.map((permission: Permission) => [
      permission.name,
      permission.attributes.action ?? NOT_APPLICABLE,
      'resourceType' in permission ? ENTITY_BOUND : NOT_APPLICABLE,
    ]),
  );
});

const databases = createTestDatabases();

describe('when every route was called', () => {
  const router = useExampleRouter({ databases, id: 'SQLITE_3' });
  const [kind, namespace, name] = REFS.payments.split(/[:/]/);
  const { repository, digest } = IMAGES.payments;
  const parameters: Record<string, string> = {
    kind,
    namespace,
    name,
    digest,
    trustRoot: 'acme-release-key',
    id: 'decided',
    source: 'scanner',
    cluster: 'prod-eu',
    topic: 'rbac',
    check: 'KSV041',
  };
  const finding = new URLSearchParams({
    entityRef: REFS.payments,
    repository,
    digest,
    policy: 'baseline',
    rule: 'no-fixable-vulnerability',
  });
  const bodies: Record<string, object> = {
    '/check': { image: `${repository}@${digest}`, entityRef: REFS.payments },
    '/waivers': {
      ...Object.fromEntries(finding),
      scope: 'image',
      reason: 'Fixed with the next release',
      expires: hoursAgo(-24),
    },
  };

  /** Each decision ends what another one needs: before it, there is a waiver to decide about. */
  async function prepare(template: string): Promise<void> {
    if (template.startsWith('/waivers/{id}')) {
      await router.knex('waivers').delete();
      const { body } = await router.post(
        '/waivers',
        'user:default/requester',
        bodies['/waivers'],
      );
      const user = 'user:default/approver';
      if (template.endsWith('/end')) {
        await router.post(`/waivers/${body.id}/approve`, user);
      }
      const requestedBy = template.endsWith('/withdraw') && {
        requested_by: 'user:default/administrator',
      };
      await router
        .knex('waivers')
        .update({ id: parameters.id, ...requestedBy });
    }
  }

  function pathOf(template: string): string {
    const path = template.replace(
      /\{(\w+)\}/g,
      (_, parameter) => parameters[parameter],
    );
    if (template === '/evidence/{kind}') {
      return `/evidence/vulnerabilities?${new URLSearchParams({
        entity: REFS.payments,
        repository,
        digest,
      })}`;
    }
    if (path === '/waivers/preview') {
      return `${path}?${finding}`;
    }
    return /^(?:\/exports)?\/images\//.test(path)
      ? `${path}?${new URLSearchParams({
          repository,
          ...(path.endsWith('/comparison') && { withDigest: digest }),
        })}`
      : path;
  }

  it('the permissions that were not asked are those docs/permissions.md says no route asks', async () => {
    await router.open({
      notifications: {
        receivers: [
          {
            id: parameters.source,
            maxBytes: 1_000,
            // Who sends is the receiver's to know, and no permission is asked.
            authenticate: async () => {},
            receive: () => ({ kind: 'ignored', message: 'Not read' }),
          },
        ],
        hints: { put: () => {}, follows: () => false },
      },
    });
    for (const [template, operations] of Object.entries(spec.paths)) {
      const path = pathOf(template);
      await prepare(template);
      const answers = [
        ...('get' in operations ? [await router.get(path)] : []),
        ...('post' in operations
          ? [await router.post(path, undefined, bodies[template])]
          : []),
        ...('put' in operations
          ? [await router.put(path, undefined, trivyReport())]
          : []),
      ];
      for (const { status } of answers) {
        expect([path, status < 300]).toEqual([path, true]);
      }
    }
    const { asked } = router.example;
    expect(
      documented()
        .filter(({ cells }) => cells[3].startsWith('no route'))
        .map(each => each.name),
    ).toEqual(
      supplyChainPermissions
        .map(permission => permission.name)
        .filter(each => !asked.has(each)),
    );
  });
});
