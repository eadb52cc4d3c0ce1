import { Json, recordOf } from '../scanReport';

/**
 * What Grype ignores unless `match-upstream-kernel-headers` is set: packages that hold the headers of a kernel, matched
 * by way of the kernel they were built from.
 * https://github.com/anchore/grype/blob/main/cmd/grype/cli/commands/root.go (ignoreLinuxKernelHeaders)
 */
const MATCH = { 'match-type': 'exact-indirect-match' };
const KERNEL_HEADERS = [
  { name: 'kernel-headers', 'upstream-name': 'kernel', type: 'rpm' },
  { name: 'linux(-.*)?-headers-.*', 'upstream-name': 'linux.*', type: 'deb' },
  { name: 'linux-libc-dev', 'upstream-name': 'linux', type: 'deb' },
];

/**
 * Whether a rule that set a match aside is one Grype brings along, word for word. One that says anything more, or less,
 * is somebody's own.
 */
export function isDefaultIgnoreRule(rule: unknown): boolean {
  const { package: headers, ...match } = recordOf(rule);
  return (
    saysOnly(match, MATCH) &&
    KERNEL_HEADERS.some(each => saysOnly(recordOf(headers), each))
  );
}

/** Of texts that are not set Grype writes some as empty ones, others not at all. */
function saysOnly(value: Json, expected: Record<string, string>): boolean {
  const said = Object.entries(value).filter(([, text]) => text !== '');
  return (
    said.length === Object.keys(expected).length &&
    said.every(([key, text]) => expected[key] === text)
  );
}
