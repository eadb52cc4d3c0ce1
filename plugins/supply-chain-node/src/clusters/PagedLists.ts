import { ClusterReadError } from './ClusterReadError';
import { expectSameList, ListPage } from './listItems';
import { ResourceReader, Scope } from './ResourceReader';

const FIRST_LIMIT = 50;
const MAX_LIMIT = 2_000;
/** The size of a page that is aimed at. */
const PAGE_BYTES = 4 * 1024 * 1024;

/**
 * Reads lists page by page. The size of the last page says how many objects fit in the next one.
 *
 * @internal
 */
export class PagedLists {
  readonly #reader: ResourceReader;
  #limit = FIRST_LIMIT;

  constructor(reader: ResourceReader) {
    this.#reader = reader;
  }

  /** The pages of a list; each is asked for while the one before is written. */
  async *pages(scope: Scope, signal: AbortSignal): AsyncGenerator<ListPage> {
    let next: Promise<ListPage> | undefined = this.#nextPage(
      scope,
      undefined,
      signal,
    );
    let first: ListPage | undefined;
    while (next) {
      const page: ListPage = await next;
      first = expectSameList(first, page);
      const { continueToken } = page;
      next = continueToken
        ? this.#nextPage(scope, continueToken, signal)
        : undefined;
      // Its failure is met at the next turn; when a write fails before that, that failure is the one to report.
      next?.catch(() => undefined);
      yield page;
    }
  }

  async #nextPage(
    scope: Scope,
    continueToken: string | undefined,
    signal: AbortSignal,
  ): Promise<ListPage> {
    const { form } = this.#reader;
    for (;;) {
      const limit = this.#limit;
      try {
        const page = await this.#reader.page({
          scope,
          form,
          limit,
          continueToken,
          signal,
        });
        if (Array.isArray(page.items)) {
          this.#adaptLimit(page.bytes, page.items);
        }
        return page;
      } catch (error) {
        if (!isTooLarge(error) || limit === 1) {
          throw error;
        }
        this.#lowerLimit(limit);
      }
    }
  }

  /** Of a page that is read elsewhere the number of items is told late: the next one is on its way by then. */
  async itemsOf({ items, bytes }: ListPage): Promise<unknown[]> {
    if (Array.isArray(items)) {
      return items;
    }
    try {
      const read = await items;
      this.#adaptLimit(bytes, read);
      return read;
    } catch (error) {
      // The whole list is asked for again then, in smaller pages.
      if (isTooLarge(error)) {
        this.#lowerLimit(this.#limit);
      }
      throw error;
    }
  }

  #lowerLimit(limit: number): void {
    this.#limit = Math.max(1, limit >> 3);
  }

  #adaptLimit(bytes: number, items: unknown[]): void {
    if (items.length > 0) {
      const fitting = Math.floor((PAGE_BYTES * items.length) / bytes);
      this.#limit = Math.min(MAX_LIMIT, Math.max(1, fitting));
    }
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ClusterReadError && error.reason === 'answerTooLarge';
}
