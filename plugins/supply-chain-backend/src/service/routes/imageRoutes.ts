import { InputError } from '@backstage/errors';
import { isDigest } from 'backstage-plugin-supply-chain-common';
import type { Request } from 'express';
import { callerOf } from './callerOf';
import { pageOf } from './pageOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

type ImageParameters = {
  params: { digest: string };
  query: { repository: string };
};

function imageOf({ params, query }: ImageParameters) {
  const { digest } = params;
  if (!isDigest(digest)) {
    throw new InputError(
      'Expected a digest such as `sha256:` and 64 lower-case hexadecimal digits',
    );
  }
  return { digest, repository: query.repository };
}

/** Routes of one image in one repository. */
export function addImageRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;
  const eventOf = (queryType: string, req: ImageParameters) => ({
    auditor,
    eventId: 'image-read',
    request: req as unknown as Request,
    meta: {
      queryType,
      digest: req.params.digest,
      repository: req.query.repository,
    },
  });

  router.get('/images/:digest', async (req, res) => {
    const report = await withAuditEvent(eventOf('image', req), async () =>
      service.getImage({
        ...imageOf(req),
        caller: await callerOf(httpAuth, req),
      }),
    );
    res.json(report);
  });

  router.get('/images/:digest/vulnerabilities', async (req, res) => {
    const { search, severity, fixable, exploited } = req.query;
    const page = await withAuditEvent(
      eventOf('vulnerabilities', req),
      async () =>
        service.listVulnerabilities({
          ...imageOf(req),
          caller: await callerOf(httpAuth, req),
          page: pageOf(req.query),
          search,
          severity,
          fixable,
          exploited,
        }),
    );
    res.json(page);
  });

  router.get('/images/:digest/history', async (req, res) => {
    const page = await withAuditEvent(eventOf('history', req), async () =>
      service.listHistory({
        ...imageOf(req),
        caller: await callerOf(httpAuth, req),
        page: pageOf(req.query),
      }),
    );
    res.json(page);
  });
}
