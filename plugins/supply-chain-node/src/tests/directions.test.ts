import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

// Lints one import per edge of the design's table of layers with the
// configuration of the package it would be in, and expects what the table says.
const root = resolve(__dirname, '../../../..');
const plugin = 'plugins/supply-chain';
const npm = 'backstage-plugin-supply-chain';

type Edge = {
  /** The file that would contain the code; it need not exist. */
  file: string;
  code: string;
  /** The rule that must object. */
  rule: string;
};

const PATHS = 'import/no-restricted-paths';
const IMPORTS = 'no-restricted-imports';
const GLOBALS = 'no-restricted-globals';
const SYNTAX = 'no-restricted-syntax';

const importing = (source: string) =>
  `import * as it from '${source}';\n\nexport const x = it;\n`;

function forbid(file: string, rule: string, ...sources: string[]): Edge[] {
  return sources.map(source => ({ file, code: importing(source), rule }));
}

function forbidCode(file: string, rule: string, ...codes: string[]): Edge[] {
  return codes.map(code => ({
    file,
    code: `export const x = ${code};\n`,
    rule,
  }));
}

const clocks = ['Date.now()', 'new Date()', 'Date()', 'performance.now()'];
const calling = `import { evaluatePolicy } from '${npm}-common';\n\nexport const x = evaluatePolicy;\n`;
const areas = [
  'inventory',
  'evidence',
  'verdict',
  'waivers',
  'alerts',
  'audit',
];
const modules = ['kubernetes', 'sigstore', 'trivy'];
const backend = `${plugin}-backend/src`;
const trivy = `${plugin}-backend-module-trivy/src`;
const sigstore = `${plugin}-backend-module-sigstore/src`;

const forbidden: Edge[] = [
  // common: no I/O, no clock, nothing built into Node
  ...['model', 'policy'].flatMap(folder => [
    ...forbidCode(`${plugin}-common/src/${folder}/x.ts`, SYNTAX, ...clocks),
    ...forbid(
      `${plugin}-common/src/${folder}/x.ts`,
      IMPORTS,
      'node:fs',
      'crypto',
      'node:https',
    ),
    ...forbidCode(
      `${plugin}-common/src/${folder}/x.ts`,
      GLOBALS,
      'process.env',
      "fetch('https://acme.example')",
      'Buffer.alloc(1)',
    ),
  ]),

  // verification and parsing: bytes, trust material and `now`
  ...[`${sigstore}/verify/verifyX.ts`, `${trivy}/parseReport.ts`].flatMap(
    file => [
      ...forbidCode(file, SYNTAX, ...clocks),
      ...forbidCode(file, GLOBALS, "fetch('https://acme.example')"),
      ...forbid(file, IMPORTS, 'node:http', 'node:fs'),
      ...forbid(
        file,
        PATHS,
        '@backstage/config',
        '@backstage/backend-plugin-api',
        `${npm}-node/registry`,
        `${npm}-node/clusters`,
      ),
    ],
  ),
  ...forbid(`${sigstore}/verify/verifyX.ts`, PATHS, '../CosignCollector'),
  ...forbid(`${trivy}/parseReport.ts`, PATHS, './TrivyReportClient'),
  ...forbid(`${trivy}/TrivyReportClient.ts`, PATHS, './TrivyReportFeed'),

  // modules: no other module, no backend, no database, no judgement
  ...modules.flatMap(name => {
    const file = `${plugin}-backend-module-${name}/src/X.ts`;
    return [
      ...modules
        .filter(other => other !== name)
        .flatMap(other =>
          forbid(
            file,
            IMPORTS,
            `${npm}-backend-module-${other}`,
            `${npm}-backend-module-${other}/collector`,
          ),
        ),
      ...forbid(file, IMPORTS, `${npm}-backend`, 'knex', 'express', 'sandbox'),
      { file, code: calling, rule: SYNTAX },
    ];
  }),

  // node
  ...forbid(
    `${plugin}-node/src/clusters/x.ts`,
    PATHS,
    '../registry',
    'knex',
    'express',
  ),
  ...forbid(`${plugin}-node/src/registry/x.ts`, PATHS, '../clusters', 'knex'),
  ...forbid(`${plugin}-node/src/trust/x.ts`, PATHS, '../registry'),
  ...forbid(`${plugin}-node/src/evaluation/x.ts`, PATHS, '../clusters'),
  ...forbid(`${plugin}-node/src/testUtils/x.ts`, IMPORTS, 'sandbox'),
  ...['clusters', 'registry', 'trust'].map(folder => ({
    file: `${plugin}-node/src/${folder}/x.ts`,
    code: calling,
    rule: SYNTAX,
  })),

  // backend: areas meet in the queue only
  ...areas.flatMap(area => [
    ...areas
      .filter(other => other !== area)
      .flatMap(other =>
        forbid(`${backend}/${area}/X.ts`, PATHS, `../${other}/Y`),
      ),
    ...forbid(
      `${backend}/${area}/X.ts`,
      PATHS,
      'knex',
      'express',
      '../service/routes/entityRoutes',
      '../database/operations/images/upsertRunningImages',
    ),
  ]),
  ...forbid(
    `${backend}/database/operations/images/x.ts`,
    PATHS,
    '../../../service/DefaultSupplyChainService',
    '../../../evidence/EvidenceEngine',
    'express',
    `${npm}-node/registry`,
  ),
  ...forbid(
    `${backend}/database/operations/images/x.ts`,
    IMPORTS,
    'node:https',
  ),
  ...forbid(
    `${backend}/service/routes/xRoutes.ts`,
    PATHS,
    'knex',
    '../../database/DatabaseStore',
    `${npm}-backend-module-trivy/collector`,
    `${npm}-node/registry`,
  ),
  { file: `${backend}/verdict/X.ts`, code: calling, rule: SYNTAX },
  ...forbid(`${backend}/plugin.ts`, IMPORTS, 'sandbox'),

  // frontend: components know hooks
  ...forbid(
    `${plugin}/src/components/Tab/Tab.tsx`,
    PATHS,
    '../../api/SupplyChainClient',
  ),
  ...forbid(`${plugin}/src/ui/Badge.tsx`, PATHS, '../hooks/useVerdicts'),
  ...forbidCode(
    `${plugin}/src/components/Tab/Tab.tsx`,
    GLOBALS,
    "fetch('plugin://supply-chain/overview')",
  ),
  {
    file: `${plugin}/src/components/Tab/Tab.tsx`,
    code: `import { fetchApiRef } from '@backstage/core-plugin-api';\n\nexport const x = fetchApiRef;\n`,
    rule: SYNTAX,
  },
  ...forbid(
    `${plugin}/src/x.ts`,
    '@backstage/no-mixed-plugin-imports',
    `${npm}-node`,
    `${npm}-backend`,
  ),

  // command line: no backend, no database, no runtime of Backstage
  ...forbid(
    'packages/cli/src/commands/x.ts',
    IMPORTS,
    `${npm}-backend`,
    `${npm}-node`,
    `${npm}-backend-module-sigstore`,
    '@backstage/backend-plugin-api',
    'knex',
    'sandbox',
  ),
];

const allowed: { file: string; code: string }[] = [
  { file: `${plugin}-common/src/policy/x.ts`, code: importing('../model') },
  {
    file: `${plugin}-common/src/policy/x.ts`,
    code: 'export const x = new Date(0);\n',
  },
  {
    file: `${plugin}-common/src/model/x.test.ts`,
    code: importing('node:crypto'),
  },
  {
    file: `${sigstore}/verify/x.ts`,
    code: importing('node:crypto'),
  },
  { file: `${trivy}/TrivyFeed.ts`, code: importing('./TrivyReportClient') },
  { file: `${trivy}/X.test.ts`, code: importing('sandbox') },
  { file: `${plugin}-node/src/evaluation/x.ts`, code: calling },
  { file: `${plugin}-node/src/clusters/x.ts`, code: importing('undici') },
  { file: `${backend}/verdict/X.ts`, code: importing('../database/Store') },
  {
    file: `${backend}/verdict/X.ts`,
    code: importing(`${npm}-node/evaluation`),
  },
  {
    file: `${backend}/bundle.ts`,
    code: importing(`${npm}-backend-module-trivy`),
  },
  {
    file: `${backend}/service/routes/xRoutes.ts`,
    code: importing('../SupplyChainService'),
  },
  {
    file: `${backend}/database/operations/images/x.ts`,
    code: importing('knex'),
  },
  {
    file: `${plugin}/src/components/Tab/Tab.tsx`,
    code: importing('../../hooks/useVerdicts'),
  },
  {
    file: `${plugin}/src/hooks/useVerdicts.ts`,
    code: importing('../api/SupplyChainClient'),
  },
  {
    file: 'packages/cli/src/commands/x.ts',
    code: importing(`${npm}-node/registry`),
  },
  {
    file: 'packages/cli/src/commands/x.ts',
    code: importing(`${npm}-backend-module-sigstore/collector`),
  },
];

type Piece = { file: string; code: string };

// In a process of its own: plugins of ESLint do not load inside of Jest.
function objectionsTo(pieces: Piece[]): string[][] {
  const output = execFileSync(
    process.execPath,
    [resolve(root, 'scripts/lint/lintCases.mjs')],
    { input: JSON.stringify(pieces), encoding: 'utf8' },
  );
  return JSON.parse(output);
}

const lines = (count: number) =>
  Array.from({ length: count }, (_, i) => `export const x${i} = ${i};\n`).join(
    '',
  );

const functionOf = (count: number) =>
  `export function f(a: number[]) {\n${'  a.push(1);\n'.repeat(count - 2)}}\n`;

const sizes: (Piece & { what: string; rules: string[] })[] = [
  {
    what: 'a file of more than 400 lines',
    file: `${backend}/verdict/X.ts`,
    code: lines(401),
    rules: ['max-lines'],
  },
  {
    what: 'a file of 400 lines',
    file: `${backend}/verdict/X.ts`,
    code: lines(400),
    rules: [],
  },
  {
    what: 'a function of more than 80 lines',
    file: `${backend}/verdict/X.ts`,
    code: functionOf(81),
    rules: ['max-lines-per-function'],
  },
  {
    what: 'a function of 80 lines',
    file: `${backend}/verdict/X.ts`,
    code: functionOf(80),
    rules: [],
  },
  {
    what: 'a long test',
    file: `${backend}/verdict/X.test.ts`,
    code: lines(401),
    rules: [],
  },
  {
    what: 'a long generated file',
    file: `${backend}/schema/openapi/generated/X.ts`,
    code: lines(401),
    rules: [],
  },
];

const pieces: Piece[] = [...forbidden, ...allowed, ...sizes];
let objections: Map<Piece, string[]>;

beforeAll(() => {
  const results = objectionsTo(pieces);
  objections = new Map(pieces.map((piece, i) => [piece, results[i]]));
}, 120_000);

describe('directions between folders', () => {
  // Whether a package is declared is another rule's business.
  const objectionsOf = (piece: Piece) =>
    objections
      .get(piece)
      ?.filter(rule => rule !== '@backstage/no-undeclared-imports');

  it.each(forbidden)('$rule refuses in $file: $code', edge => {
    expect(objectionsOf(edge)).toContain(edge.rule);
  });

  it.each(allowed)('nothing objects in $file to: $code', edge => {
    expect(objectionsOf(edge)).toEqual([]);
  });
});

describe('sizes', () => {
  it.each(sizes)('$what: $rules', size => {
    expect(objections.get(size)).toEqual(size.rules);
  });
});
