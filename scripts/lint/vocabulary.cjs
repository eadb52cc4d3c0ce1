// The words scripts/lint/directions.cjs is written in: packages, folders, modules of Node, patterns of code.
const { builtinModules } = require('node:module');

const own = suffix => `backstage-plugin-supply-chain${suffix}`;
// The resolver may find the types of a package in place of the package.
const dependency = (...names) =>
  names.flatMap(name => [
    `node_modules/${name}`,
    `node_modules/@types/${name}`,
  ]);

const network = [
  ...['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises'],
].flatMap(name => [name, `node:${name}`]);
const files = ['fs', 'fs/promises', 'child_process', 'worker_threads'].flatMap(
  name => [name, `node:${name}`],
);
const builtins = builtinModules
  .filter(name => !name.startsWith('_') && !name.startsWith('node:'))
  .flatMap(name => [name, `node:${name}`])
  .concat('node:sea', 'node:sqlite', 'node:test');

const clock = [
  {
    selector:
      "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'The clock is passed in as `now`.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The clock is passed in as `now`.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'The clock is passed in as `now`.',
  },
  {
    selector:
      "MemberExpression[object.name='performance'][property.name='now']",
    message: 'The clock is passed in as `now`.',
  },
];

const evaluation = {
  selector: `ImportDeclaration[source.value=/^${own(
    '-common',
  )}/] > ImportSpecifier[imported.name='evaluatePolicy']`,
  message:
    'Only node/evaluation calls evaluatePolicy, in a worker and under a deadline (L19).',
};

const transport = {
  selector:
    'ImportDeclaration[source.value=/^@backstage[/](core|frontend)-plugin-api$/] > ImportSpecifier[imported.name=/^(fetchApiRef|discoveryApiRef)$/]',
  message:
    'Components show what hooks give them; only src/api speaks to the backend.',
};

const nodePart = part => `plugins/supply-chain-node/src/${part}`;
const areas = [
  'inventory',
  'evidence',
  'verdict',
  'waivers',
  'alerts',
  'audit',
];
const httpServer = dependency('express', 'express-promise-router');
const databases = dependency('knex', 'pg', 'better-sqlite3');
const sourceModules = [
  'kubernetes',
  'sigstore',
  'content-trust',
  'notation',
  'trivy',
  'clair',
].map(name => own(`-backend-module-${name}`));
const moduleFolders = sourceModules.map(
  name => `plugins/${name.replace('backstage-plugin-', '')}`,
);

module.exports = {
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
};
