import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import typescript from 'typescript';

const unwanted = [
  /(^|\/)(src|dev|e2e-tests|__fixtures__|__testUtils__)\//,
  /\.test\./,
  /\.tsbuildinfo$/,
];
const resolvable = ['', '.js', '.mjs', '.cjs', '.json', '.d.ts', '/index.js'];
const builtins = new Set(builtinModules);

/** Every string in the value of a field such as `exports` that names a file. */
function targetsOf(value) {
  if (typeof value === 'string') {
    return value.includes('/') || value.includes('.') ? [value] : [];
  }
  return Object.entries(value ?? {})
    .filter(([condition]) => condition !== 'backstage')
    .flatMap(([, nested]) => targetsOf(nested));
}

function* missingFiles(directory, manifest) {
  const { main, module, types, exports, bin, configSchema, typesVersions } =
    manifest;
  const named = { main, module, types, exports, bin, configSchema };
  for (const [field, value] of Object.entries(named)) {
    for (const target of targetsOf(value)) {
      if (!existsSync(join(directory, target))) {
        yield `'${field}' names '${target}', which is not in the package`;
      }
    }
  }
  for (const target of Object.values(typesVersions?.['*'] ?? {}).flat()) {
    if (!existsSync(join(directory, target))) {
      yield `'typesVersions' names '${target}', which is not in the package`;
    }
  }
}

function* unusableRanges(manifest, privatePackages) {
  for (const section of ['dependencies', 'peerDependencies']) {
    for (const [name, range] of Object.entries(manifest[section] ?? {})) {
      if (/^(workspace|link|file|portal):/.test(range)) {
        yield `'${section}' asks for '${name}' by '${range}'`;
      }
      if (privatePackages.includes(name)) {
        yield `'${section}' asks for '${name}', which is not published`;
      }
    }
  }
}

// `@scope/name/path` belongs to `@scope/name`.
const packageOf = specifier =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

function isKnown(specifier, { file, manifest }) {
  if (specifier.startsWith('.')) {
    const path = join(dirname(file), specifier);
    return (
      resolvable.some(end => existsSync(path + end)) ||
      // Types name the code that they are the types of.
      existsSync(path.replace(/\.js$/, '.d.ts'))
    );
  }
  const name = packageOf(specifier);
  return (
    specifier.startsWith('node:') ||
    builtins.has(name) ||
    name === manifest.name ||
    name in (manifest.dependencies ?? {}) ||
    name in (manifest.peerDependencies ?? {})
  );
}

/** What the code and the types of a package import and would not find where it is installed. */
function* unknownImports(directory, files, manifest) {
  for (const name of files.filter(file => /\.(js|d\.ts)$/.test(file))) {
    const file = join(directory, name);
    const text = readFileSync(file, 'utf8');
    const { importedFiles } = typescript.preProcessFile(text, true, true);
    for (const { fileName } of importedFiles) {
      if (!isKnown(fileName, { file, manifest })) {
        yield `'${name}' imports '${fileName}', which nothing brings`;
      }
    }
  }
}

/**
 * What is wrong with an unpacked package, as sentences; none when it can be
 * published.
 */
export function packageProblems({ directory, privatePackages }) {
  const manifest = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  );
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name).slice(directory.length + 1),
    );
  return [
    ...files
      .filter(file => unwanted.some(pattern => pattern.test(file)))
      .map(file => `'${file}' is for development only`),
    ...(files.includes('README.md') ? [] : ['it has no README.md']),
    ...missingFiles(directory, manifest),
    ...unusableRanges(manifest, privatePackages),
    ...unknownImports(directory, files, manifest),
  ];
}
