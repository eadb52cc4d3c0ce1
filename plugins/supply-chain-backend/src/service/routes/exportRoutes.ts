import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  checkTable,
  comparisonTable,
  exportedImageName,
  ExportFormat,
  findingTable,
  imageTable,
  serviceTable,
  vulnerabilityTable,
  vulnerablePlaceTable,
} from 'backstage-plugin-supply-chain-common';
import type { Request, Response } from 'express';
import { sendExport, SendExportOptions } from '../exports/sendExport';
import { callerOf } from './callerOf';
import { checkResultsOf } from './checkResultRoutes';
import { comparedFindingsOf } from './comparisonRoutes';
import { refOf } from './entityRoutes';
import { imageOf } from './imageOf';
import { servicesOf } from './overviewRoutes';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { ownersOf } from './vulnerabilityRoutes';
import { withAuditEvent } from './withAuditEvent';

/** The typed router narrows request and response of each route. */
type Exchange = {
  req: { query: { format?: ExportFormat } };
  res: unknown;
  /** What is exported, for the audit. */
  meta: { queryType: string } & Record<string, string>;
};

type Exported<T> = Pick<SendExportOptions<T>, 'of' | 'table' | 'rows'>;

/** Answers with a file, to who does not ask too often, and has it written down. */
type Answer = <T>(
  exchange: Exchange,
  exported: (caller: BackstageCredentials) => Exported<T>,
) => Promise<void>;

function answerWith(dependencies: RouteDependencies): Answer {
  const { httpAuth, auditor, exportLimit } = dependencies;
  return async ({ req, res, meta }, exported) => {
    const { format = 'csv' } = req.query;
    const event = {
      auditor,
      eventId: 'rows-export',
      request: req as unknown as Request,
      meta: { ...meta, format },
    };
    await withAuditEvent(event, async () => {
      const caller = await callerOf(httpAuth, req);
      exportLimit.take(caller);
      await sendExport({
        ...exported(caller),
        response: res as Response,
        format,
      });
    });
  };
}

/** Routes of the rows of the pages as files. */
export function addExportRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const answer = answerWith(dependencies);
  addFleetExports(router, dependencies, answer);
  addImageExports(router, dependencies, answer);
  addEntityExports(router, dependencies, answer);
}

function addFleetExports(
  router: OpenApiRouter,
  { exports }: RouteDependencies,
  answer: Answer,
): void {
  router.get('/exports/services', (req, res) =>
    answer({ req, res, meta: { queryType: 'services' } }, caller => ({
      of: ['services'],
      table: serviceTable,
      rows: exports.services({ caller, ...servicesOf(req.query) }),
    })),
  );

  router.get('/exports/vulnerabilities', (req, res) => {
    const { search, severity, fixable, exploited } = req.query;
    return answer(
      { req, res, meta: { queryType: 'vulnerabilities' } },
      caller => ({
        of: ['vulnerabilities'],
        table: vulnerabilityTable,
        rows: exports.vulnerabilities({
          caller,
          filter: { search, severity, fixable, exploited },
          ...ownersOf(req.query),
        }),
      }),
    );
  });

  router.get('/exports/vulnerabilities/:id', (req, res) => {
    const { id } = req.params;
    return answer(
      { req, res, meta: { queryType: 'places', vulnerability: id } },
      caller => ({
        of: [id],
        table: vulnerablePlaceTable,
        rows: exports.places({ caller, id, ...ownersOf(req.query) }),
      }),
    );
  });
}

function addImageExports(
  router: OpenApiRouter,
  { exports }: RouteDependencies,
  answer: Answer,
): void {
  router.get('/exports/images/:digest/vulnerabilities', (req, res) => {
    const { search, severity, fixable, exploited, repository } = req.query;
    const { digest } = req.params;
    return answer(
      {
        req,
        res,
        meta: { queryType: 'imageVulnerabilities', repository, digest },
      },
      caller => ({
        of: ['image', exportedImageName(digest), 'vulnerabilities'],
        table: findingTable,
        rows: exports.imageVulnerabilities({
          ...imageOf(req),
          caller,
          search,
          severity,
          fixable,
          exploited,
        }),
      }),
    );
  });

  router.get('/exports/images/:digest/checks', (req, res) => {
    const { repository } = req.query;
    const { digest } = req.params;
    return answer(
      { req, res, meta: { queryType: 'imageChecks', repository, digest } },
      caller => ({
        of: ['image', exportedImageName(digest), 'checks'],
        table: checkTable,
        rows: exports.imageChecks({
          ...imageOf(req),
          ...checkResultsOf(req.query),
          caller,
        }),
      }),
    );
  });

  router.get('/exports/images/:digest/comparison', (req, res) => {
    const { repository } = req.query;
    const { digest } = req.params;
    return answer(
      { req, res, meta: { queryType: 'comparison', repository, digest } },
      caller => ({
        of: ['comparison'],
        table: comparisonTable,
        rows: exports.comparison({ ...comparedFindingsOf(req), caller }),
      }),
    );
  });
}

function addEntityExports(
  router: OpenApiRouter,
  { exports }: RouteDependencies,
  answer: Answer,
): void {
  router.get('/exports/entities/:kind/:namespace/:name/images', (req, res) => {
    const { cluster, outcome, search } = req.query;
    const ref = refOf(req.params);
    return answer(
      { req, res, meta: { queryType: 'images', entityRef: ref } },
      caller => ({
        of: [req.params.namespace, req.params.name],
        table: imageTable,
        rows: exports.entityImages({
          caller,
          ref,
          filter: { cluster, outcome, text: search },
        }),
      }),
    );
  });

  router.get('/exports/entities/:kind/:namespace/:name/checks', (req, res) => {
    const ref = refOf(req.params);
    return answer(
      { req, res, meta: { queryType: 'checks', entityRef: ref } },
      caller => ({
        of: [req.params.namespace, req.params.name, 'checks'],
        table: checkTable,
        rows: exports.entityChecks({
          ref,
          ...checkResultsOf(req.query),
          caller,
        }),
      }),
    );
  });
}
