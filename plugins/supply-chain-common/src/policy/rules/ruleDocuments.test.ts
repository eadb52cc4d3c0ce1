import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { zodToJsonSchema } from 'zod-to-json-schema';
import {
  REASON_CODES,
  ReasonCode,
  ReasonDefinition,
  reasonDefinition,
} from '../../model/reasonCodes';
import { FRAMEWORK_CONTROLS } from '../controls/frameworks';
import { BuiltInRuleId } from '../types';
import { policySetFromBundles } from '../documents';
import { BUILT_IN_RULES } from './builtInRules';
import { RuleDefinition } from './rule';
import { RULE_REASONS } from './ruleReasons';

// A page for each rule, written from its definition: UPDATE_DOCS=1 writes them, otherwise they are compared.
const folder = resolve(__dirname, '../../../../../docs/rules');
const ids = Object.keys(BUILT_IN_RULES).sort() as BuiltInRuleId[];
const definitions: RuleDefinition[] = ids.map(
  id => BUILT_IN_RULES[id].definition as unknown as RuleDefinition,
);

const EXAMPLES: Record<BuiltInRuleId, string> = {
  'image-signed': '- use: image-signed',
  'not-content-trust-only': `- use: not-content-trust-only
  effectiveOn: 2028-03-31`,
  'provenance-verified': `- use: provenance-verified
  with:
    minimumLevel: 2
    triggers: [push, release]`,
  'built-from-own-repository': `- use: built-from-own-repository
  with:
    hostAliases: { git.acme.example: github.com }`,
  'registry-allowed': `- use: registry-allowed
  with:
    allow: ["registry.acme.example/**"]`,
  'digest-pinned': `- use: digest-pinned
  severity: low`,
  'evidence-fresh': `- use: evidence-fresh
  with:
    maxAgeHours: { signature: 12, provenance: 24 }`,
  'scan-fresh': `- use: scan-fresh
  with: { maxAgeHours: 48 }`,
  'no-fixable-vulnerability': `- id: no-fixable-high
  use: no-fixable-vulnerability
  title: No fixable high vulnerability for more than a month
  with:
    severity: high
    leewayDays: 30
    # Without it, a fixable vulnerability that no scanner rates makes the rule say "unknown".
    unknownAs: medium`,
  'no-known-exploited': `- use: no-known-exploited
  with: { from: dueDate }`,
};

type Property = Record<string, unknown> & { description?: string };

function parametersOf({ parameters }: RuleDefinition): [string, Property][] {
  const schema = zodToJsonSchema(parameters as z.ZodTypeAny, {
    $refStrategy: 'none',
    effectStrategy: 'input',
  }) as { properties?: Record<string, Property> };
  return Object.entries(schema.properties ?? {});
}

function typeOf(property: Property): string {
  const options = property.enum ?? property.anyOf;
  if (Array.isArray(property.enum)) {
    return (options as unknown[]).map(each => `\`${each}\``).join(', ');
  }
  if (Array.isArray(property.anyOf)) {
    const types = (property.anyOf as Property[]).map(typeOf);
    return [...new Set(types)].join(' or ');
  }
  if (property.const !== undefined) {
    return `\`${property.const}\``;
  }
  if (property.type === 'array') {
    return `list of ${typeOf(property.items as Property)}`;
  }
  if (property.type === 'object' && property.properties && !property.required) {
    return `mapping with any of ${Object.keys(property.properties)
      .map(key => `\`${key}\``)
      .join(', ')}`;
  }
  if (property.type === 'object' && property.properties) {
    return Object.keys(property.properties)
      .map(key => `\`{ ${key}: … }\``)
      .join(' or ');
  }
  return property.type === 'object'
    ? 'mapping'
    : (property.type as string | undefined) ?? 'text';
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: Property): string {
  const parts = [
    minimum !== undefined && `from ${minimum}`,
    exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`,
    maximum !== undefined && `to ${maximum}`,
  ].filter(Boolean);
  return parts.length > 0 ? `, ${parts.join(' ')}` : '';
}

function renderParameters(definition: RuleDefinition): string {
  const parameters = parametersOf(definition);
  if (parameters.length === 0) {
    return 'It has no parameters.\n';
  }
  const rows = parameters.map(([name, property]) => {
    const standard =
      property.default === undefined
        ? '–'
        : `\`${JSON.stringify(property.default)}\``;
    return `| \`${name}\` | ${typeOf(property)}${rangeOf(
      property,
    )} | ${standard} |`;
  });
  return `| parameter | values | default |\n| --- | --- | --- |\n${rows.join(
    '\n',
  )}\n`;
}

/** Reasons by link; where all of one status are meant, the status. */
function renderReasons(codes: readonly ReasonCode[]): string {
  const statuses = [
    ...new Set(codes.flatMap(code => reasonDefinition(code).status ?? [])),
  ].filter(status =>
    Object.entries(REASON_CODES).every(
      ([code, definition]) =>
        (definition as ReasonDefinition).status !== status ||
        codes.includes(code as ReasonCode),
    ),
  );
  const single = [...new Set(codes)].filter(code => {
    const { status } = reasonDefinition(code);
    return status === undefined || !statuses.includes(status);
  });
  return [
    ...single.map(
      code => `[${code}](../troubleshooting.md#${code.toLowerCase()})`,
    ),
    ...statuses.map(status => `every reason of the status \`${status}\``),
  ].join(', ');
}

function renderPage(definition: RuleDefinition): string {
  const { id, title, motivation, remediation, severity, controls } = definition;
  const reasons = Object.entries(RULE_REASONS[id]).map(
    ([outcome, codes]) => `- \`${outcome}\`: ${renderReasons(codes)}`,
  );
  return `# ${id}

**${title}.** ${motivation}

- **When it fails:** ${remediation}
- **Severity:** ${severity}, unless the policy says otherwise
- **Controls:** ${controls.join(' · ')}

## Parameters

${renderParameters(definition)}
## Example

\`\`\`yaml
${EXAMPLES[id]}
\`\`\`

## Reasons

Before \`effectiveOn\`, those of \`fail\` come with \`warn\`.

${reasons.join('\n')}
`;
}

function renderFrameworks(): string {
  return Object.entries(FRAMEWORK_CONTROLS)
    .map(([framework, controls]) => {
      const rows = controls.map(control => {
        const served = definitions.filter(each =>
          each.controls.includes(control),
        );
        return `| ${control} | ${
          served.map(({ id }) => `[${id}](${id}.md)`).join(', ') ||
          'not evaluated'
        } |`;
      });
      return rows.length > 0
        ? `### ${framework}\n\n| control | rules |\n| --- | --- |\n${rows.join(
            '\n',
          )}\n`
        : `### ${framework}\n\nIts practices have no numbers to name; no rule is mapped to them.\n`;
    })
    .join('\n');
}

function renderIndex(): string {
  return `# Rules

What a policy can ask. A rule says \`pass\`, \`fail\`, \`warn\`, \`unknown\` ("can't tell") or \`notApplicable\`; before its
\`effectiveOn\` a fail is a warning, and a waiver makes it \`waived\`. Rules of your own are
written in [CEL](../policy-facts.md). What each reason
code means is in [troubleshooting](../troubleshooting.md).

| rule | what it asks | severity |
| --- | --- | --- |
${definitions
  .map(
    ({ id, title, severity }) =>
      `| [${id}](${id}.md) | ${title} | ${severity} |`,
  )
  .join('\n')}

## Controls of public frameworks

What no rule serves is said aloud.

${renderFrameworks()}`;
}

const pages: [string, string][] = [
  ['README.md', renderIndex()],
  ...definitions.map((each): [string, string] => [
    `${each.id}.md`,
    renderPage(each),
  ]),
];

beforeAll(() => {
  if (process.env.UPDATE_DOCS) {
    mkdirSync(folder, { recursive: true });
    pages.forEach(([name, text]) => writeFileSync(resolve(folder, name), text));
  }
});

it.each(pages)('docs/rules/%s says what the rules do', (name, text) => {
  expect(readFileSync(resolve(folder, name), 'utf8')).toBe(text);
});

it.each(ids)('has an example of %s that loads', id => {
  const text = `apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: example }
spec:
  rules:
${EXAMPLES[id].replace(/^/gm, '    ')}
`;
  expect(
    policySetFromBundles([
      { source: 'example.yaml', fromUrl: false, text, files: {} },
    ]),
  ).toMatchObject({
    ok: true,
    policySet: { policies: [{ rules: [{ use: id }] }] },
  });
});

it('has no page of a rule that does not exist', () => {
  expect(readdirSync(folder).sort()).toEqual(
    pages.map(([name]) => name).sort(),
  );
});
