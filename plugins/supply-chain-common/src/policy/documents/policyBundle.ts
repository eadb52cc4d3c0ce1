import { assemblePolicySet, PolicySetResult } from './assemblePolicySet';
import {
  parsePolicyDocuments,
  PolicyDocumentsResult,
} from './parsePolicyDocuments';
import { collectResults } from './readResult';
import { tufTargetOf } from './tufReference';

/**
 * The bytes of one source with those of the files it names: all that is needed to build the policies again,
 * for instance after a restart while the source cannot be read (L28).
 *
 * @public
 */
export type PolicyBundle = {
  /** The path or address of the document. */
  source: string;
  fromUrl: boolean;
  text: string;
  /**
   * Contents of the files the document names, by path relative to it, and what was fetched of TUF repositories under
   * the names of `tufFileNames`.
   */
  files: Record<string, string>;
};

/**
 * Builds the policies from bundles alone. Pure: the same bundles give the same set or the same problems.
 *
 * @public
 */
export function policySetFromBundles(bundles: PolicyBundle[]): PolicySetResult {
  const parsed = collectResults(
    bundles.map(bundle => {
      const result = parsePolicyBundle(bundle);
      return result.ok
        ? { ok: true as const, value: result.documents }
        : result;
    }),
  );
  return parsed.ok ? assemblePolicySet(parsed.value.flat()) : parsed;
}

/**
 * Reads the documents of one bundle.
 *
 * @public
 */
export function parsePolicyBundle({
  source,
  fromUrl,
  text,
  files,
}: PolicyBundle): PolicyDocumentsResult {
  return parsePolicyDocuments({
    source,
    fromUrl,
    text,
    readFile: path =>
      Object.hasOwn(files, path)
        ? { ok: true, content: files[path] }
        : { ok: false, message: 'it is not part of the bundle' },
    readTuf: reference => tufTargetOf(reference, files),
  });
}
