import type { Request } from 'express';
import { callerOf } from './callerOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

const LIMIT_DEFAULT = 20;

/** The route of what policies are evaluated on. */
export function addFactsRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;

  router.get('/facts', async (req, res) => {
    const { after, limit } = req.query;
    const page = await withAuditEvent(
      {
        auditor,
        eventId: 'facts-export',
        request: req as unknown as Request,
      },
      async () =>
        service.listFacts({
          caller: await callerOf(httpAuth, req),
          ...(after && { after }),
          limit: limit ?? LIMIT_DEFAULT,
        }),
    );
    res.json(page);
  });
}
