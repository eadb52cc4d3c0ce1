import type { Request } from 'express';
import { callerOf } from './callerOf';
import { pageOf } from './pageOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** The route of workloads that belong to no entity. */
export function addUnlinkedRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;

  router.get('/unlinked', async (req, res) => {
    const page = await withAuditEvent(
      {
        auditor,
        eventId: 'unlinked-read',
        request: req as unknown as Request,
      },
      async () =>
        service.listUnlinked({
          caller: await callerOf(httpAuth, req),
          page: pageOf(req.query),
        }),
    );
    res.json(page);
  });
}
