import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { zodToJsonSchema } from 'zod-to-json-schema';
import { FRAMEWORK_CONTROLS } from '../controls/frameworks';
import { BuiltInRuleId } from '../types';
import { BUILT_IN_RULES } from './builtInRules';
import { RuleDefinition } from './rule';

// A page for each rule, written from its definition: UPDATE_DOCS=1 writes them, otherwise they are compared.
const folder = resolve(__dirname, '../../../../../docs/rules');
const ids = Object.keys(BUILT_IN_RULES).sort() as BuiltInRuleId[];
const definitions: RuleDefinition[] = ids.map(
  id => BUILT_IN_RULES[id].definition as unknown as RuleDefinition,
);

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

function renderPage(definition: RuleDefinition): string {
  const { id, title, motivation, remediation, severity, controls } = definition;
  return `# ${id}

**${title}.** ${motivation}

- **When it fails:** ${remediation}
- **Severity:** ${severity}, unless the policy says otherwise
- **Controls:** ${controls.join(' · ')}

## Parameters

${renderParameters(definition)}`;
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
\`effectiveOn\` a fail is a warning, and a waiver makes it \`waived\`. Rules of your own are written in CEL. What each reason
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

it('has no page of a rule that does not exist', () => {
  expect(readdirSync(folder).sort()).toEqual(
    pages.map(([name]) => name).sort(),
  );
});
