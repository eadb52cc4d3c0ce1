import { Page } from '../SupplyChainService';

// The defaults of the OpenAPI document, which the validator does not fill in everywhere.
const DEFAULT_LIMIT = 25;

/** The part of a list a request asks for. */
export function pageOf(query: { offset?: number; limit?: number }): Page {
  const { offset = 0, limit = DEFAULT_LIMIT } = query;
  return { offset: Number(offset), limit: Number(limit) };
}
