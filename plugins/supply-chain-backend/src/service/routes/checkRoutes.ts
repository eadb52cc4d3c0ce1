import type { Request } from 'express';
import { callerOf } from './callerOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** The route of pipelines that ask before they deploy. */
export function addCheckRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { checks, httpAuth, auditor, checkLimit } = dependencies;

  router.post('/check', async (req, res) => {
    const { image, entityRef, policy, cluster, namespace } = req.body;
    const report = await withAuditEvent(
      {
        auditor,
        eventId: 'image-check',
        severityLevel: 'medium',
        request: req as unknown as Request,
        meta: { image, ...(entityRef && { entityRef }) },
      },
      async () => {
        const caller = await callerOf(httpAuth, req);
        checkLimit.take(caller);
        return checks.check({
          caller,
          image,
          entityRef,
          policy,
          cluster,
          namespace,
        });
      },
    );
    res.json(report);
  });
}
