import type { Request, Response } from 'express';
import { readBody } from './readBody';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';

/** The route of what other systems push; each receiver proves its senders itself. */
export function addNotificationRoutesToRouter(
  router: OpenApiRouter,
  { notifications }: RouteDependencies,
): void {
  router.post('/notifications/:source', async (req, res) => {
    // The typed router narrows the request of each route; the body is read from the general one.
    const request = req as unknown as Request;
    const { status, receipt } = await notifications.receive(
      req.params.source,
      {
        header: name => request.header(name),
        cluster: req.query.cluster,
      },
      maxBytes =>
        readBody({
          req: request,
          res: res as unknown as Response,
          maxBytes,
        }),
    );
    res.status(status).json(receipt);
  });
}
