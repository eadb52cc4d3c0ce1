import { InputError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { TooManyRequestsError } from '../PrincipalRateLimit';
import { callerOf } from './callerOf';
import { readBody } from './readBody';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** Nobody else may read while a body is on its way; a minute is long for the largest one. */
const BODY_TIMEOUT_MS = 60_000;

/** The route of pipelines that hand in what they found out. */
export function addEvidenceRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { uploads, httpAuth, auditor, uploadLimit, uploadMaxBytes } =
    dependencies;

  router.put('/evidence/:kind', async (req, res) => {
    const { kind } = req.params;
    const response = res as unknown as Response;
    const gone = goneSignal(response);
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
            gone,
          },
          () =>
            readBody({
              req: req as unknown as Request,
              res: response,
              maxBytes: uploadMaxBytes,
              timeoutMs: BODY_TIMEOUT_MS,
              setting: 'supplyChain.uploads.maxBytes',
            }),
        );
      },
    ).catch(error => {
      sayWhen(response, error);
      throw error;
    });
    res.json(receipt);
  });
}

/** Aborted when the connection ends before the answer does. */
function goneSignal(res: Response): AbortSignal {
  const gone = new AbortController();
  const leave = () =>
    gone.abort(new InputError('The caller went away before the answer'));
  if (res.destroyed) {
    leave();
  }
  res.once('close', () => {
    if (!res.writableFinished) {
      leave();
    }
  });
  return gone.signal;
}

/** RFC 9110, section 10.2.3 */
function sayWhen(res: Response, error: unknown): void {
  if (
    error instanceof TooManyRequestsError &&
    error.retryAfterSeconds !== undefined
  ) {
    res.setHeader('Retry-After', error.retryAfterSeconds);
  }
}
