import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXPRESSION_FACTS } from './facts/factSchema';
import { FactField, FactFields, FactType } from './facts/factTypes';
import { EXPRESSION_LIMITS } from './validation/expressionSize';
import { COMPREHENSIONS, FUNCTIONS, METHODS } from './validation/functions';
import { readExpression } from './validation/readExpression';

// docs/policy-facts.md is written from what the validator reads: UPDATE_DOCS=1 writes it, otherwise it is compared.
const file = resolve(__dirname, '../../../../../docs/policy-facts.md');

const EXAMPLES: [string, string][] = [
  ['No moving tag', 'image.tag != "latest"'],
  [
    'Ours is signed by the release workflow',
    '!image.own || (signature.status == "verified" && signature.signers.all(s, s.startsWith("https://github.com/acme/")))',
  ],
  ['Two signing systems vouch for it', 'size(signature.schemes) >= 2'],
  [
    'Signed within the last 90 days',
    'has(signature.signedAt) && now - signature.signedAt < duration("2160h")',
  ],
  [
    'Built from a release tag',
    'provenance.status == "verified" && provenance.ref.startsWith("refs/tags/v")',
  ],
  [
    'The tag still names what runs',
    '!has(origin.tagMoved) || !origin.tagMoved',
  ],
  ['Nothing critical at all, fixable or not', 'scan.critical == 0'],
  [
    'No OpenSSL with a known hole',
    '!vulnerabilities.exists(v, v.package == "openssl" && v.severity in ["critical", "high"])',
  ],
  [
    'Only production may run on the production cluster',
    'place.cluster != "prod-eu" || (has(entity.lifecycle) && entity.lifecycle == "production")',
  ],
];

type Row = [name: string, type: string, description: string];

function typeText(type: FactType): string {
  switch (type.kind) {
    case 'list':
      return `list of ${typeText(type.element)}`;
    case 'string':
      return (
        type.valuesAre ??
        type.values?.map(each => `\`"${each}"\``).join(', ') ??
        'string'
      );
    default:
      return type.kind;
  }
}

function rowsOf(fields: FactFields): Row[] {
  return Object.entries(fields).map(([name, field]): Row => {
    const { type, description } = field;
    return type.kind === 'object'
      ? [`${name}.…`, `object with ${names(type.fields)}`, description]
      : [
          name,
          `${typeText(type)}${field.optional ? ' (optional)' : ''}`,
          description,
        ];
  });
}

function renderFact([name, { type, description }]: [string, FactField]) {
  const heading = `### \`${name}\`\n\n${description}\n`;
  const fields = type.kind === 'list' ? type.element : type;
  if (fields.kind !== 'object') {
    return heading;
  }
  const rows = rowsOf(fields.fields).map(
    row => `| \`${row[0]}\` | ${row[1]} | ${row[2]} |`,
  );
  return `${heading}\n| field | type | what it is |\n| --- | --- | --- |\n${rows.join(
    '\n',
  )}\n`;
}

function names(table: object): string {
  return Object.keys(table)
    .map(name => `\`${name}\``)
    .join(', ');
}

function render(): string {
  const { characters, depth, comprehensionDepth } = EXPRESSION_LIMITS;
  return `# Rules written as expressions

A policy can hold rules of its own, written in [CEL](https://github.com/google/cel-spec/blob/master/doc/langdef.md):

\`\`\`yaml
rules:
  - id: no-latest
    title: No moving tag
    severity: medium # the default
    expression: image.tag != "latest"
    message: Deploy a version, not "latest"
    # effectiveOn, motivation, remediation and controls as for every rule
\`\`\`

- **True passes, false fails** with the message of the rule (\`expressionFalse\`). Anything else, an error included, is
  "can't tell" (\`ruleError\`), and so is what takes longer than 250 ms (\`ruleTimeout\`).
- **While a fact is unavailable or stale, the rule cannot tell**, with the reason of that fact, before anything is evaluated:
  also where the rest of the expression would decide. \`status\` and \`reason\` can be read all the same, so that
  \`signature.status == "verified"\` fails while nobody can tell. Of stale or partial scans nothing else can be read: not
  that there is no vulnerability, and not that there is one.
- **A fact marked optional may be missing.** Reading it then is an error; \`has(entity.lifecycle)\` asks first. Facts are never
  \`null\`.
- **Whole numbers are \`int\`**, others \`double\`; they compare with each other and do not add up. Instants are
  \`timestamp\`, and the difference of two is a \`duration\`.
- **The clock.** Rules that read \`now\` are looked at again every hour, those that read \`scan.ageHours\` at its next hour, all
  others when the evidence they read ends, a scan becomes stale, or a time limit is over.
- **\`supply-chain verify\`** looks at signatures and provenance only: at expressions that read these and no other evidence.

What does not exist does not load: a misspelt fact, field, function or value is refused with its line and column. So is an
expression of more than ${characters} characters, of more than ${depth} levels, or with more than ${comprehensionDepth} loops inside each other.

## Examples

| what it asks | expression |
| --- | --- |
${EXAMPLES.map(
  ([title, expression]) =>
    `| ${title} | \`${expression.replaceAll('|', '\\|')}\` |`,
).join('\n')}

## Facts

${Object.entries(EXPRESSION_FACTS).map(renderFact).join('\n')}
## Functions

- Operators: \`==\` \`!=\` \`<\` \`<=\` \`>\` \`>=\` \`in\` \`&&\` \`||\` \`!\` \`? :\` \`+\` \`-\` \`*\` \`/\` \`%\` \`[…]\`
- Functions: \`has\`, ${names(FUNCTIONS)}
- Loops over a list: ${names(
    COMPREHENSIONS,
  )}, for instance \`list.all(x, condition)\`
- Methods: ${names(METHODS)}

Regular expressions are RE2: \`text.matches("…")\` looks anywhere in the text.
`;
}

beforeAll(() => {
  if (process.env.UPDATE_DOCS) {
    writeFileSync(file, render());
  }
});

describe('docs/policy-facts.md', () => {
  it('says what expressions can read', () => {
    expect(readFileSync(file, 'utf8')).toBe(render());
  });

  it.each(EXAMPLES)('has an example that loads: %s', (_, source) => {
    expect(readExpression({ source, overdueThresholds: [] })).toMatchObject({
      ok: true,
    });
  });
});
