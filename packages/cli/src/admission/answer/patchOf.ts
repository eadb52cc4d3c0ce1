import { JudgedContainer } from '../judging';

/**
 * The patch that puts the verified digest in the place of each reference that named none; `undefined` when there is none.
 * https://datatracker.ietf.org/doc/html/rfc6902
 */
export function patchOf(judged: JudgedContainer[]): string | undefined {
  const operations = judged.flatMap(({ container, pinnedRef }) =>
    pinnedRef === undefined
      ? []
      : [{ op: 'replace', path: pointer(container.path), value: pinnedRef }],
  );
  return operations.length > 0
    ? Buffer.from(JSON.stringify(operations)).toString('base64')
    : undefined;
}

/** https://datatracker.ietf.org/doc/html/rfc6901#section-3 */
function pointer(path: readonly (string | number)[]): string {
  return path
    .map(key => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`)
    .join('');
}
