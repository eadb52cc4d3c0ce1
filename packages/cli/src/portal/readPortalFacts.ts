import { PolicyFacts } from 'backstage-plugin-supply-chain-common';
import { CommandLineError } from '../commandLine/CommandLineError';
import { readFacts } from '../policy/facts/readFacts';
import { PortalClient } from './PortalClient';

/** Running images a page. */
const PAGE_LIMIT = 100;

/** Far more than any portal holds: whoever never comes to an end is not followed. */
const PAGES_MAX = 100_000;

/**
 * Reads what the policies of a portal are evaluated on, page after page.
 *
 * @throws CommandLineError when it refuses, cannot be reached or answers with something else: a part of it would pass
 * for the whole.
 */
export async function* readPortalFacts(
  client: Pick<PortalClient, 'listFacts'>,
  { signal }: { signal: AbortSignal },
): AsyncGenerator<PolicyFacts[]> {
  let after: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const answer = await client.listFacts(
      { after, limit: PAGE_LIMIT },
      { signal },
    );
    if (answer.kind !== 'answer') {
      throw new CommandLineError(
        answer.kind === 'refused' ? 'configuration' : 'cannotTell',
        [`the portal does not give its facts: ${answer.message}`],
      );
    }
    const { items, next } = readPage(answer.value);
    yield items;
    if (next === undefined) {
      return;
    }
    after = next;
  }
  throw somethingElse('no end');
}

function readPage(value: unknown): { items: PolicyFacts[]; next?: string } {
  const { items, next } = (value ?? {}) as { items?: unknown; next?: unknown };
  if (!Array.isArray(items) || !['string', 'undefined'].includes(typeof next)) {
    throw somethingElse('no page');
  }
  return {
    items: items.map(item => {
      const read = readFacts(item);
      if (!read.ok) {
        throw somethingElse(read.problem);
      }
      return read.facts;
    }),
    ...(typeof next === 'string' && { next }),
  };
}

function somethingElse(what: string): CommandLineError {
  return new CommandLineError('cannotTell', [
    `the portal answered with something else than facts: ${what}`,
  ]);
}
