// The only file that reads or writes the address: links between plugins go through route refs.
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Values of the address' query. Setting `undefined` or an empty text removes a value.
 */
export type UrlState = {
  get(name: string): string | undefined;
  /**
   * Every change replaces the history entry unless `push` is said. With `keep`, of all other values only these stay.
   */
  set(
    changes: Record<string, string | undefined>,
    options?: { push?: boolean; keep?: readonly string[] },
  ): void;
};

/**
 * Filters, sorting, page and opened row live in the address.
 */
export function useUrlState(): UrlState {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback<UrlState['set']>(
    (changes, options) => {
      setParameters(
        current => {
          const { keep } = options ?? {};
          const next = new URLSearchParams(
            [...current].filter(([name]) => keep?.includes(name) ?? true),
          );
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined || value === '') {
              next.delete(name);
            } else {
              next.set(name, value);
            }
          }
          return next;
        },
        { replace: !options?.push },
      );
    },
    [setParameters],
  );
  const get = useCallback<UrlState['get']>(
    name => parameters.get(name) || undefined,
    [parameters],
  );
  return { get, set };
}

const PAGE_SIZES = [10, 25, 50, 100, 250];

/**
 * The parameter a page stands in; `list` as for {@link usePageState}.
 */
export function pageParameter(list?: string): string {
  return list === undefined ? 'page' : `${list}Page`;
}

/**
 * Page and page size from the address, 10 to 250 rows.
 *
 * @param list - Tells a list from another one that is paged on the same page.
 */
export function usePageState(list?: string): {
  page: number;
  pageSize: number;
  pageSizes: number[];
  setPage(page: number): void;
  setPageSize(pageSize: number): void;
} {
  const { get, set } = useUrlState();
  const pageName = pageParameter(list);
  const sizeName = `${pageName}Size`;
  const wantedSize = Number(get(sizeName));
  const pageSize = PAGE_SIZES.includes(wantedSize) ? wantedSize : 25;
  const wantedPage = Number(get(pageName));
  const page =
    Number.isSafeInteger(wantedPage) && wantedPage > 0 ? wantedPage : 0;
  return {
    page,
    pageSize,
    pageSizes: PAGE_SIZES,
    setPage: next => set({ [pageName]: next > 0 ? String(next) : undefined }),
    setPageSize: next =>
      set({ [sizeName]: String(next), [pageName]: undefined }),
  };
}
