import { stringify } from 'yaml';
import { SANDBOX_SERVICES } from './services';
import { SandboxService } from './serviceTypes';

const HEADER =
  '# Written from src/world/services.ts; a test holds the two together (see README.md).\n';

const TEAMS = {
  'team-payments': 'Payments',
  'team-checkout': 'Checkout',
  'team-edge': 'Edge',
  'team-platform': 'Platform',
};

/**
 * The catalog of the sandbox, file name to YAML. `all.yaml` brings the rest.
 * @public
 */
export function catalogFiles(): Record<string, string> {
  return {
    'all.yaml': yamlOf([
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Location',
        metadata: { name: 'sandbox', description: 'The world of the sandbox' },
        spec: { targets: ['./organization.yaml', './services.yaml'] },
      },
    ]),
    'organization.yaml': yamlOf([
      ...Object.entries(TEAMS).map(([name, displayName]) =>
        entity('Group', name, {
          type: 'team',
          profile: { displayName },
          children: [],
        }),
      ),
      user('developer', 'Dana Developer', ['team-payments', 'team-checkout']),
      user('owner', 'Olli Owner', ['team-payments', 'team-checkout']),
      user('platform', 'Pat Platform', ['team-platform']),
      entity('Domain', 'shop', { owner: 'team-platform' }),
      ...(['checkout', 'core', 'edge', 'delivery'] as const).map(name =>
        entity('System', name, { owner: systemOwner(name), domain: 'shop' }),
      ),
    ]),
    'services.yaml': yamlOf(SANDBOX_SERVICES.map(component)),
  };
}

function component(service: SandboxService): object {
  const { name, title, description, system, owner } = service;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      title,
      description: `${description} Here to show: ${service.shows}.`,
      annotations: {
        'backstage.io/kubernetes-id': name,
        'backstage.io/kubernetes-namespace': system,
        'backstage.io/source-location': `url:https://github.com/acme/${name}`,
        'github.com/project-slug': `acme/${name}`,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner, system },
  };
}

function user(name: string, displayName: string, memberOf: string[]): object {
  return entity('User', name, {
    profile: { displayName, email: `${name}@acme.example` },
    memberOf,
  });
}

function entity(kind: string, name: string, spec: object): object {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    spec,
  };
}

function systemOwner(system: SandboxService['system']): string {
  return {
    checkout: 'team-checkout',
    core: 'team-platform',
    edge: 'team-edge',
    delivery: 'team-platform',
  }[system];
}

function yamlOf(documents: object[]): string {
  return HEADER + documents.map(document => stringify(document)).join('---\n');
}
