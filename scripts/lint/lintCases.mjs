// Lints pieces of code as if they stood in given files, each with the
// configuration of its package. Reads `[{ file, code }]` from standard input,
// writes the ids of the rules that object, in the same order.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import { fromRoot } from '../paths.mjs';

const ERROR = 2;
const byPackage = new Map();

function eslintFor(file) {
  const folder = file.split('/').slice(0, 2).join('/');
  if (!byPackage.has(folder)) {
    byPackage.set(folder, new ESLint({ cwd: fromRoot(folder) }));
  }
  return byPackage.get(folder);
}

async function objections({ file, code }) {
  const [result] = await eslintFor(file).lintText(code, {
    filePath: fromRoot(file),
  });
  return result.messages
    .filter(({ severity, fatal }) => fatal || severity === ERROR)
    .map(({ ruleId, message }) => ruleId ?? message);
}

const results = [];
for (const piece of JSON.parse(await text(process.stdin))) {
  results.push(await objections(piece));
}
process.stdout.write(JSON.stringify(results));
