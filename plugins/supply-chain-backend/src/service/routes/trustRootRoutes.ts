import type { Request } from 'express';
import { callerOf } from './callerOf';
import { pageOf } from './pageOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** The routes of trust roots and the images they verify. */
export function addTrustRootRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;

  router.get('/trust-roots', async (req, res) => {
    const list = await withAuditEvent(
      {
        auditor,
        eventId: 'trust-roots-read',
        request: req as unknown as Request,
      },
      async () =>
        service.listTrustRoots({ caller: await callerOf(httpAuth, req) }),
    );
    res.json(list);
  });

  router.get('/trust-roots/:trustRoot/images', async (req, res) => {
    const { trustRoot } = req.params;
    const page = await withAuditEvent(
      {
        auditor,
        eventId: 'trust-root-images-read',
        request: req as unknown as Request,
        meta: { trustRoot },
      },
      async () =>
        service.listTrustRootImages({
          caller: await callerOf(httpAuth, req),
          trustRoot,
          only: req.query.only,
          page: pageOf(req.query),
        }),
    );
    res.json(page);
  });
}
