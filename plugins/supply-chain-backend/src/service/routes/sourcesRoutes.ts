import type { Request } from 'express';
import { callerOf } from './callerOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** The route of sources and the queue. */
export function addSourcesRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;

  router.get('/health/sources', async (req, res) => {
    const health = await withAuditEvent(
      {
        auditor,
        eventId: 'sources-read',
        request: req as unknown as Request,
      },
      async () => service.getSources({ caller: await callerOf(httpAuth, req) }),
    );
    res.json(health);
  });
}
