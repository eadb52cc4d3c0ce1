// Renders docs/configuration.md from the config.d.ts files, so that the two cannot drift apart.
//   node scripts/docs/configuration.mjs           writes the page
//   node scripts/docs/configuration.mjs --check   exits 1 when the page is out of date
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = join(root, 'docs/configuration.md');

function commentOf(node) {
  const documentation = node.jsDoc?.at(-1);
  if (!documentation) {
    return { text: '', tags: new Map() };
  }
  const text = ts.getTextOfJSDocComment(documentation.comment) ?? '';
  const tags = new Map(
    (documentation.tags ?? []).map(tag => [
      tag.tagName.text,
      ts.getTextOfJSDocComment(tag.comment) ?? '',
    ]),
  );
  return { text, tags };
}

function elementOf(type) {
  if (ts.isArrayTypeNode(type)) {
    return { type: type.elementType, list: true };
  }
  if (
    ts.isTypeReferenceNode(type) &&
    ['Array', 'ReadonlyArray'].includes(type.typeName.getText())
  ) {
    return { type: type.typeArguments[0], list: true };
  }
  return { type, list: false };
}

function* rowsOf(node, prefix) {
  for (const member of node.members) {
    if (!ts.isPropertySignature(member) || !member.type) {
      continue;
    }
    const key = `${prefix}${member.name.getText().replaceAll("'", '')}`;
    const { text, tags } = commentOf(member);
    const { type, list } = elementOf(member.type);
    const nested = ts.isTypeLiteralNode(type);
    yield {
      key: list ? `${key}[]` : key,
      type: nested ? (list ? 'list' : 'section') : type.getText(),
      required: !member.questionToken,
      text,
      tags,
    };
    if (nested) {
      yield* rowsOf(type, `${key}${list ? '[]' : ''}.`);
    }
  }
}

function cell(text) {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}

function renderRow({ key, type, required, text, tags }) {
  const visibility = tags.get('visibility');
  const notes = [
    cell(text),
    tags.has('defaultValue')
      ? `Default: ${cell(tags.get('defaultValue'))}.`
      : '',
    visibility === 'secret' ? 'Secret.' : '',
    visibility === 'frontend' ? 'Sent to the browser.' : '',
  ];
  return `| \`${key}\` | ${required ? 'yes' : ''} | \`${cell(type)}\` | ${notes
    .filter(Boolean)
    .join(' ')} |`;
}

function renderFile(file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const config = source.statements.find(
    statement =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === 'Config',
  );
  return [...rowsOf(config, '')]
    .filter(row => row.key !== 'supplyChain')
    .map(renderRow)
    .join('\n');
}

function render() {
  const packages = ['plugins', 'packages'].flatMap(folder =>
    readdirSync(join(root, folder)).map(name => join(folder, name)),
  );
  const sections = packages
    .filter(folder => existsSync(join(root, folder, 'config.d.ts')))
    .map(folder => {
      const { name } = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      );
      return `## ${name}

| key | required | type | meaning |
| --- | --- | --- | --- |
${renderFile(join(root, folder, 'config.d.ts'))}
`;
    });
  return `# Configuration

All keys stand under \`supplyChain\` in \`app-config.yaml\`. This page is made from the \`config.d.ts\` files by
\`node scripts/docs/configuration.mjs\`.

${sections.join('\n')}`;
}

const rendered = render();
if (process.argv.includes('--check')) {
  const current = existsSync(page) ? readFileSync(page, 'utf8') : '';
  if (current !== rendered) {
    console.error(
      'docs/configuration.md is out of date: run "node scripts/docs/configuration.mjs"',
    );
    process.exit(1);
  }
} else {
  writeFileSync(page, rendered);
}
