const VERSION = /^(?:(\d{1,9}):)?(\d[0-9A-Za-z.+~-]{0,199})$/;

/**
 * Orders two versions of packages of Debian; `undefined` where one of them is none.
 *
 * @see https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export function compareDebianVersions(
  left: string,
  right: string,
): number | undefined {
  const [first, second] = [left, right].map(partsOf);
  if (!first || !second) {
    return undefined;
  }
  const differing = first
    .map((part, at) => compareParts(part, second[at]))
    .find(order => order !== 0);
  return Math.sign(differing ?? 0);
}

/** Epoch, upstream version and revision. */
function partsOf(version: string): string[] | undefined {
  const [, epoch = '', rest] = VERSION.exec(version) ?? [];
  if (rest === undefined) {
    return undefined;
  }
  const at = rest.lastIndexOf('-');
  return at < 0
    ? [epoch, rest, '']
    : [epoch, rest.slice(0, at), rest.slice(at + 1)];
}

/** By turns what is no digit and what is, from the left. */
function compareParts(left: string, right: string): number {
  const [first, second] = [left, right].map(text => [
    ...text.matchAll(/(\D*)(\d*)/g),
  ]);
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const [, leftText, leftDigits] = first[at] ?? ['', '', ''];
    const [, rightText, rightDigits] = second[at] ?? ['', '', ''];
    const order =
      compareTexts(leftText, rightText) ||
      Number(leftDigits) - Number(rightDigits);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

function compareTexts(left: string, right: string): number {
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = weightOf(left[at]) - weightOf(right[at]);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

/** `~` before the end, letters before everything else. */
function weightOf(letter: string | undefined): number {
  if (letter === undefined) {
    return 0;
  }
  if (letter === '~') {
    return -1;
  }
  const code = letter.charCodeAt(0);
  return /[A-Za-z]/.test(letter) ? code : code + 256;
}
