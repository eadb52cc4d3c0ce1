import type { Request } from 'express';
import { callerOf } from './callerOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** The route of the policies in force. */
export function addPolicyRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;

  router.get('/policies', async (req, res) => {
    const list = await withAuditEvent(
      {
        auditor,
        eventId: 'policies-read',
        request: req as unknown as Request,
      },
      async () =>
        service.listPolicies({ caller: await callerOf(httpAuth, req) }),
    );
    res.json(list);
  });
}
