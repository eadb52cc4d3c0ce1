import { readFileSync } from 'node:fs';
import { Failure } from '../console.mjs';
import { fromRoot } from '../paths.mjs';

const HEADING = '## Install it into a portal';

/** The one match of a pattern; anything else means that the section has changed and this script has not. */
function only(section, pattern, what) {
  const found = [...section.matchAll(pattern)];
  if (found.length !== 1) {
    throw new Failure(
      `expected ${what} once in '${HEADING}' of README.md, got ${found.length}`,
    );
  }
  return found[0];
}

/**
 * What the section "Install it into a portal" tells a reader to do, so that
 * exactly this is done: `{ backendPackage, frontendPackage, backendLine, policyFile }`.
 */
export function readInstallSteps(
  text = readFileSync(fromRoot('README.md'), 'utf8'),
) {
  const [, rest = ''] = text.split(HEADING);
  const [section] = rest.split('\n## ');
  const packageFor = folder =>
    only(
      section,
      new RegExp(`Add the package \`([^\`]+)\` to \`${folder}\``, 'g'),
      `a package for ${folder}`,
    )[1];
  return {
    backendPackage: packageFor('packages/backend'),
    frontendPackage: packageFor('packages/app'),
    backendLine: only(
      section,
      /^ *(backend\.add\(.*\);)$/gm,
      'a line for the backend',
    )[1],
    policyFile: only(section, /^ *- file: (\S+)$/gm, 'a policy file')[1],
  };
}
