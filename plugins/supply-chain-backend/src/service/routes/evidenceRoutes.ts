import type { Request, Response } from 'express';
import { callerOf } from './callerOf';
import { readBody } from './readBody';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** The route of pipelines that hand in what they found out. */
export function addEvidenceRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { uploads, httpAuth, auditor, uploadLimit, uploadMaxBytes } =
    dependencies;

  router.put('/evidence/:kind', async (req, res) => {
    const { kind } = req.params;
    const { format, scannedAt, entity, repository, digest } = req.query;
    const receipt = await withAuditEvent(
      {
        auditor,
        eventId: 'evidence-upload',
        severityLevel: 'medium',
        request: req as unknown as Request,
        meta: { kind, entity, repository, digest },
      },
      async () => {
        const caller = await callerOf(httpAuth, req);
        uploadLimit.take(caller);
        return uploads.upload(
          {
            caller,
            kind,
            format,
            scannedAt,
            entityRef: entity,
            repository,
            digest,
          },
          () =>
            readBody({
              req: req as unknown as Request,
              res: res as unknown as Response,
              maxBytes: uploadMaxBytes,
              setting: 'supplyChain.uploads.maxBytes',
            }),
        );
      },
    );
    res.json(receipt);
  });
}
