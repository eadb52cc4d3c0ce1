// The ESLint configuration of every package: Backstage's own, the directions
// between folders, and the sizes of files and functions.
const { join, relative, resolve, sep } = require('node:path');
const createBackstageConfig = require('@backstage/cli/config/eslint-factory');
const { directionsOf } = require('./directions.cjs');

const root = resolve(__dirname, '../..');
const tests = [
  '**/*.test.*',
  '**/__testUtils__/**',
  '**/__fixtures__/**',
  'src/tests/**',
  'src/setupTests.*',
  'e2e-tests/**',
  'dev/**',
];
const generated = ['**/generated/**'];

const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 80;

const sizes = {
  files: ['src/**/*.ts', 'src/**/*.tsx'],
  excludedFiles: [...tests, ...generated],
  rules: {
    'max-lines': ['error', MAX_FILE_LINES],
    'max-lines-per-function': ['error', { max: MAX_FUNCTION_LINES }],
  },
};

const asArray = value => [].concat(value);
const globals = names =>
  names.map(name => ({
    name,
    message: 'This folder gets it handed in, or does without.',
  }));

/** One rule for all zones of a package: the zones are absolute, so they cannot hide each other. */
function zoneOverride({ zones }) {
  return {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    excludedFiles: tests,
    rules: {
      'import/no-restricted-paths': [
        'error',
        {
          basePath: root,
          zones: zones.map(({ at, not, reason }) => ({
            target: asArray(at),
            from: asArray(not),
            message: reason,
          })),
        },
      ],
    },
  };
}

/** Rules for one folder. ESLint replaces options instead of adding to them, so each repeats the package's. */
function folderOverride(folder, directions, inherited) {
  const modules = [...directions.modules, ...(folder.modules ?? [])];
  return {
    files: folder.at,
    excludedFiles: [...tests, ...generated],
    rules: {
      ...(folder.modules && {
        'no-restricted-imports': [
          'error',
          {
            paths: [...new Set(modules)],
            patterns: [...inherited.patterns, ...directions.modulePatterns],
          },
        ],
      }),
      ...(folder.globals && {
        'no-restricted-globals': [
          'error',
          ...globals([...new Set([...directions.globals, ...folder.globals])]),
        ],
      }),
      ...(folder.syntax && {
        'no-restricted-syntax': [
          'error',
          ...inherited.syntax,
          ...folder.syntax,
        ],
      }),
    },
  };
}

function optionsOf(rule) {
  return Array.isArray(rule) ? rule.slice(1) : [];
}

/** What Backstage's configuration for this role already restricts. */
function inheritedRestrictions(directory) {
  const { rules } = createBackstageConfig(directory);
  return {
    patterns: optionsOf(rules['no-restricted-imports'])[0]?.patterns ?? [],
    syntax: optionsOf(rules['no-restricted-syntax']),
  };
}

module.exports = function createPackageConfig(directory, extra = {}) {
  const folder = relative(root, directory).split(sep).join('/');
  const directions = directionsOf(folder);
  const inherited = inheritedRestrictions(directory);
  return createBackstageConfig(directory, {
    ...extra,
    restrictedSrcImports: directions.modules,
    restrictedImportPatterns: directions.modulePatterns,
    settings: {
      // Without a resolver that knows TypeScript the rules on paths see nothing.
      'import/resolver': {
        [join(__dirname, 'resolver.cjs')]: {},
        typescript: { project: join(root, 'tsconfig.json') },
      },
    },
    rules: {
      '@backstage/no-mixed-plugin-imports': 'error',
      ...extra.rules,
    },
    overrides: [
      sizes,
      ...(directions.zones.length ? [zoneOverride(directions)] : []),
      ...(directions.globals.length
        ? [
            {
              files: ['src/**'],
              excludedFiles: [...tests, ...generated],
              rules: {
                'no-restricted-globals': [
                  'error',
                  ...globals(directions.globals),
                ],
              },
            },
          ]
        : []),
      ...directions.folders.map(part =>
        folderOverride(part, directions, inherited),
      ),
      ...(extra.overrides ?? []),
    ],
  });
};
