import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { fromRoot } from '../paths.mjs';

/** What the sandbox's own portal is told about the sandbox, with the variables filled in. */
function readSandboxConfig(environment) {
  const text = readFileSync(fromRoot('app-config.sandbox.yaml'), 'utf8');
  return parse(
    text.replace(/\$\{(SANDBOX_\w+)\}/g, (_, name) => environment[name]),
  );
}

/** Policy and trust files go where the README puts them. */
function placePolicies({ deployed, steps, policyFile }) {
  const folder = join(deployed, dirname(steps.policyFile));
  cpSync(dirname(policyFile), folder, { recursive: true });
  renameSync(
    join(folder, basename(policyFile)),
    join(deployed, steps.policyFile),
  );
}

/**
 * Writes the configuration of the fresh portal: the template's own, what any
 * portal has of its own (address, catalog, clusters), and the section of the
 * README. Returns the arguments that name the files.
 */
export function configurePortal({ app, deployed, steps, port, environment }) {
  placePolicies({
    deployed,
    steps,
    policyFile: environment.SANDBOX_POLICY_FILE,
  });
  const sandbox = readSandboxConfig(environment);
  const baseUrl = `http://localhost:${port}`;
  const own = {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      cors: { origin: baseUrl },
    },
    auth: sandbox.auth,
    catalog: {
      rules: [
        {
          allow: ['Component', 'System', 'Domain', 'Location', 'Group', 'User'],
        },
      ],
      locations: [
        { type: 'file', target: fromRoot('packages/sandbox/catalog/all.yaml') },
      ],
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      ...sandbox.kubernetes,
    },
    supplyChain: {
      ...sandbox.supplyChain,
      sandbox: false,
      policies: [{ file: steps.policyFile }],
    },
  };
  cpSync(join(app, 'app-config.yaml'), join(deployed, 'app-config.yaml'));
  writeFileSync(
    join(deployed, 'app-config.local.yaml'),
    JSON.stringify(own, null, 2),
  );
  return ['app-config.yaml', 'app-config.local.yaml'].flatMap(file => [
    '--config',
    file,
  ]);
}
