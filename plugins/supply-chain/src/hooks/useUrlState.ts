// The only file that reads or writes the address: links between plugins go through route refs.
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Values of the address' query. Setting `undefined` or an empty text removes a value.
 */
export type UrlState = {
  get(name: string): string | undefined;
  /** Every change replaces the history entry unless `push` is said. */
  set(
    changes: Record<string, string | undefined>,
    options?: { push?: boolean },
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
          const next = new URLSearchParams(current);
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
 * Page and page size from the address, 10 to 250 rows.
 */
export function usePageState(): {
  page: number;
  pageSize: number;
  pageSizes: number[];
  setPage(page: number): void;
  setPageSize(pageSize: number): void;
} {
  const { get, set } = useUrlState();
  const wantedSize = Number(get('pageSize'));
  const pageSize = PAGE_SIZES.includes(wantedSize) ? wantedSize : 25;
  const wantedPage = Number(get('page'));
  const page =
    Number.isSafeInteger(wantedPage) && wantedPage > 0 ? wantedPage : 0;
  return {
    page,
    pageSize,
    pageSizes: PAGE_SIZES,
    setPage: next => set({ page: next > 0 ? String(next) : undefined }),
    setPageSize: next => set({ pageSize: String(next), page: undefined }),
  };
}
