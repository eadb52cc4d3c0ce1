// What each folder may not touch: the table "Rooms" of the design as data.
// `zones` forbid files and packages (import/no-restricted-paths, which resolves
// what is imported), `modules` forbid by name (no-restricted-imports; the only
// way to see what is built into Node), `globals` and `syntax` forbid what needs
// no import at all. Tests are free unless `tests` is said.
const {
  own,
  dependency,
  network,
  files,
  builtins,
  clock,
  evaluation,
  transport,
  nodePart,
  areas,
  httpServer,
  databases,
  sourceModules,
  moduleFolders,
} = require('./vocabulary.cjs');

const common = {
  modules: builtins,
  globals: ['process', 'Buffer', 'fetch', 'XMLHttpRequest', 'require'],
  folders: [
    {
      at: [
        'src/model/**',
        'src/policy/**',
        'src/predicates/**',
        'src/vulnerabilities/**',
      ],
      syntax: clock,
      reason: 'The model and the policy know no clock.',
    },
  ],
};

const node = {
  zones: [
    {
      at: nodePart('clusters'),
      not: [nodePart('registry'), ...databases, ...httpServer],
      reason: 'Clusters are read without registries, policy or database.',
    },
    {
      at: nodePart('registry'),
      not: [nodePart('clusters'), ...databases, ...httpServer],
      reason: 'Registries are read without clusters, policy or database.',
    },
    {
      at: ['trust', 'evaluation'].map(nodePart),
      not: [nodePart('registry'), nodePart('clusters'), ...databases],
      reason: 'Trust and evaluation use no network and no database.',
    },
  ],
  folders: [
    {
      at: ['src/!(evaluation)/**', 'src/*.ts'],
      syntax: [evaluation],
    },
  ],
};

const sourceModule = folder => ({
  modules: [
    own('-backend'),
    `${own('-backend')}/bundle`,
    'knex',
    'express',
    'express-promise-router',
  ],
  modulePatterns: sourceModules
    .filter(name => !folder.endsWith(name.replace('backstage-plugin-', '')))
    .flatMap(name => [name, `${name}/*`]),
  zones: [
    {
      at: ['src/verify/**/*', 'src/**/parse*'].map(glob => `${folder}/${glob}`),
      not: ['Client', 'Feed', 'Collector'].map(
        role => `${folder}/src/**/*${role}{,.ts}`,
      ),
      reason: 'Verification and parsing see bytes, not where they come from.',
    },
    {
      at: ['src/verify/**/*', 'src/**/parse*'].map(glob => `${folder}/${glob}`),
      not: [
        nodePart('registry'),
        nodePart('clusters'),
        ...dependency(
          'undici',
          '@backstage/config',
          '@backstage/backend-plugin-api',
        ),
      ],
      reason: 'Verification and parsing use no network and no configuration.',
    },
    {
      at: [`${folder}/src/**/*Client.ts`],
      not: ['Feed', 'Collector'].map(role => `${folder}/src/**/*${role}{,.ts}`),
      reason: 'A client knows nothing of who uses it.',
    },
  ],
  folders: [
    { at: ['src/**'], syntax: [evaluation] },
    {
      at: ['src/verify/**', 'src/**/parse*'],
      modules: [...network, ...files],
      globals: ['fetch', 'process'],
      syntax: [evaluation, ...clock],
    },
  ],
});

const backendFolder = 'plugins/supply-chain-backend/src';
const backend = {
  zones: [
    ...areas.map(area => ({
      at: `${backendFolder}/${area}`,
      not: areas
        .filter(other => other !== area)
        .map(other => `${backendFolder}/${other}`),
      reason: 'Areas wake each other through the queue only.',
    })),
    {
      at: areas.map(area => `${backendFolder}/${area}`),
      not: [
        `${backendFolder}/service`,
        `${backendFolder}/database/operations`,
        ...httpServer,
        ...databases,
      ],
      reason: 'Areas know the store by its interface, and no HTTP.',
    },
    {
      at: `${backendFolder}/database`,
      not: [
        ...areas.map(area => `${backendFolder}/${area}`),
        `${backendFolder}/service`,
        nodePart('registry'),
        nodePart('clusters'),
        ...dependency('undici'),
        ...httpServer,
      ],
      reason: 'The database knows neither services nor the network.',
    },
    {
      at: `${backendFolder}/service/routes`,
      not: [
        `${backendFolder}/database`,
        nodePart('registry'),
        nodePart('clusters'),
        ...moduleFolders,
        ...databases,
      ],
      reason: 'Routes know the service by its interface.',
    },
  ],
  folders: [
    { at: ['src/**'], syntax: [evaluation] },
    {
      at: ['src/database/**'],
      modules: network,
      globals: ['fetch'],
      syntax: [evaluation],
    },
  ],
};

const frontend = {
  zones: [
    {
      at: 'plugins/supply-chain/src/components',
      not: ['plugins/supply-chain/src/api'],
      reason: 'Components use hooks; only hooks use the API.',
    },
    {
      at: 'plugins/supply-chain/src/ui',
      not: ['api', 'hooks', 'components'].map(
        folder => `plugins/supply-chain/src/${folder}`,
      ),
      reason: 'The building blocks know nothing of supply chains.',
    },
  ],
  folders: [
    {
      at: ['src/components/**', 'src/ui/**'],
      globals: ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'],
      syntax: [evaluation, transport],
    },
  ],
};

const cli = {
  modules: [
    own('-backend'),
    `${own('-backend')}/bundle`,
    // Only the parts that are free of Backstage's runtime.
    own('-node'),
    ...sourceModules,
    ...['knex', 'pg', 'better-sqlite3', 'express'],
  ],
  modulePatterns: ['@backstage/backend-*', '@backstage/plugin-*'],
  folders: [{ at: ['src/**'], syntax: [evaluation] }],
};

/** Everything but the sandbox itself: the only fake servers stay out of what is shipped. */
const noSandbox = ['sandbox'];

/** The directions of one package, by its folder below the repository. */
module.exports.directionsOf = function directionsOf(folder) {
  const byFolder = {
    'plugins/supply-chain-common': common,
    'plugins/supply-chain-node': node,
    'plugins/supply-chain-backend': backend,
    'plugins/supply-chain': frontend,
    'packages/cli': cli,
  };
  const known = /^plugins\/supply-chain-backend-module-/.test(folder)
    ? sourceModule(folder)
    : byFolder[folder] ?? {};
  // The portal's backend starts the sandbox, when it is told to.
  const free = ['packages/sandbox', 'packages/backend'].includes(folder);
  return {
    modules: [...(known.modules ?? []), ...(free ? [] : noSandbox)],
    modulePatterns: known.modulePatterns ?? [],
    globals: known.globals ?? [],
    zones: known.zones ?? [],
    folders: known.folders ?? [],
  };
};
