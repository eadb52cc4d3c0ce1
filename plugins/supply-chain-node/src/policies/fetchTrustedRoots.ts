import {
  DocumentProblem,
  parsePolicyDocuments,
  PolicyBundle,
  TufReference,
  tufFileNames,
  TufTarget,
  tufTargetOf,
} from 'backstage-plugin-supply-chain-common';
import { TufReader } from './tuf';

/**
 * Options of {@link fetchTrustedRoots}.
 *
 * @public
 */
export type FetchTrustedRootsOptions = {
  /** As it was read: without anything from TUF repositories. */
  bundle: PolicyBundle;
  /** The last good bytes of the same source; what they hold of a repository stays when it cannot be asked. */
  previous?: PolicyBundle;
  reader: TufReader;
  signal?: AbortSignal;
};

/**
 * A bundle with what could be fetched for it.
 *
 * @public
 */
export type FetchedBundle = {
  bundle: PolicyBundle;
  /** Of repositories that gave nothing now. */
  problems: DocumentProblem[];
};

/**
 * Adds the trusted roots of the TUF repositories that the documents of a bundle name. One that gives nothing now
 * leaves what it gave last, and a problem.
 *
 * @public
 */
export async function fetchTrustedRoots(
  options: FetchTrustedRootsOptions,
): Promise<FetchedBundle> {
  const { bundle, previous, reader, signal } = options;
  const problems: DocumentProblem[] = [];
  const files = { ...bundle.files };
  const fetched = await Promise.all(
    repositoriesOf(bundle).map(async reference => {
      const kept = tufTargetOf(reference, previous?.files ?? {});
      const reading = await reader.read(reference, { previous: kept, signal });
      if (!reading.ok) {
        problems.push({
          code: reading.code,
          message: describe(reference, reading.message, kept),
          source: bundle.source,
        });
      }
      return { reference, target: reading.ok ? reading.target : kept };
    }),
  );
  for (const { reference, target } of fetched) {
    if (target) {
      const names = tufFileNames(reference);
      files[names.content] = target.content;
      files[names.receipt] = JSON.stringify(target.receipt);
    }
  }
  return { bundle: { ...bundle, files }, problems };
}

/** What the parser asks for is what is fetched, each repository once. */
function repositoriesOf({
  source,
  fromUrl,
  text,
  files,
}: PolicyBundle): TufReference[] {
  const found = new Map<string, TufReference>();
  parsePolicyDocuments({
    source,
    fromUrl,
    text,
    readFile: path =>
      Object.hasOwn(files, path)
        ? { ok: true, content: files[path] }
        : { ok: false, message: 'it is not part of the bundle' },
    readTuf: reference => {
      found.set(tufFileNames(reference).content, reference);
      return undefined;
    },
  });
  return [...found.values()];
}

function describe(
  { mirror }: TufReference,
  message: string,
  kept: TufTarget | undefined,
): string {
  const consequence = kept
    ? `what "${mirror}" gave at ${kept.receipt.checkedAt} stays in force`
    : `nothing was ever fetched from "${mirror}"`;
  return `${message}; ${consequence}`;
}
