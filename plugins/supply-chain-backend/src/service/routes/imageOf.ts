import { InputError } from '@backstage/errors';
import { isDigest } from 'backstage-plugin-supply-chain-common';
import type { Request } from 'express';
import { RouteDependencies } from './RouteDependencies';

/** What every route of an image is asked with. */
export type ImageParameters = {
  params: { digest: string };
  query: { repository: string };
};

/**
 * The digest, if it is one.
 *
 * @throws InputError
 */
export function digestOf(digest: string): string {
  if (!isDigest(digest)) {
    throw new InputError(
      'Expected a digest such as `sha256:` and 64 lower-case hexadecimal digits',
    );
  }
  return digest;
}

/**
 * The image a route is asked for.
 *
 * @throws InputError
 */
export function imageOf({ params, query }: ImageParameters) {
  return { digest: digestOf(params.digest), repository: query.repository };
}

/** What is written down of a question about an image. */
export function imageReadEvent(options: {
  auditor: RouteDependencies['auditor'];
  queryType: string;
  request: ImageParameters;
  meta?: Record<string, string | undefined>;
}) {
  const { auditor, queryType, request, meta } = options;
  return {
    auditor,
    eventId: 'image-read',
    request: request as unknown as Request,
    meta: {
      queryType,
      digest: request.params.digest,
      repository: request.query.repository,
      ...meta,
    },
  };
}
