import { createHash } from 'node:crypto';

/** A layer as whoever submits an image names it: https://github.com/quay/claircore/blob/v1.5.48/layer.go */
export interface ClairLayer {
  hash: string;
  uri: string;
  headers?: Record<string, string[]>;
}

const TIMEOUT_MS = 30_000;

/**
 * Fetches every layer from where it is said to lie, with the headers that came with it, as the real indexer does.
 *
 * @returns why that failed, in the words of claircore; undefined when everything is here.
 */
export async function fetchLayers(
  layers: readonly ClairLayer[],
): Promise<string | undefined> {
  const errors = await Promise.all(layers.map(fetchLayer));
  const found = errors.filter(error => error !== undefined);
  return found.length > 0
    ? `failed to fetch layers: fetcher: encountered errors: ${found.join('\n')}`
    : undefined;
}

async function fetchLayer(layer: ClairLayer): Promise<string | undefined> {
  try {
    const answer = await fetch(layer.uri, {
      headers: headersOf(layer),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.status !== 200) {
      return `unexpected status code: ${answer.status} ${
        answer.statusText
      } (body starts: ${JSON.stringify(body.toString('utf8', 0, 256))})`;
    }
    const digest = createHash('sha256').update(body).digest('hex');
    return layer.hash === `sha256:${digest}`
      ? undefined
      : `fetcher: validation failed: got "${digest}", expected "${layer.hash}"`;
  } catch (error) {
    return `Get "${layer.uri}": ${String(error)}`;
  }
}

function headersOf({ headers = {} }: ClairLayer): Headers {
  const all = new Headers();
  for (const [name, values] of Object.entries(headers)) {
    values.forEach(value => all.append(name, value));
  }
  return all;
}
