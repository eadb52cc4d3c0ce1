import { OutcomeCounts } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  countImages,
  ImageFigures,
} from '../database/operations/overview/countImages';
import { countServices } from '../database/operations/overview/countServices';
import { listSources } from '../database/operations/sources/listSources';
import {
  QueueState,
  readQueueHealth,
} from '../database/operations/sources/readQueueHealth';
import { countUnlinked } from '../database/operations/unlinked/listUnlinkedImages';
import { SourceHealthRow } from '../database/tables';
import { SEES_EVERYTHING } from '../permissions/VisibleEntities';

/** The portal as it is now, with nothing hidden. */
export type PortalState = {
  queues: Record<'looks' | 'verdicts', QueueState>;
  sources: Pick<SourceHealthRow, 'kind' | 'name' | 'state'>[];
  services: OutcomeCounts;
  images: ImageFigures;
  /** Workloads of no entity. */
  unlinked: number;
};

/** Reads {@link PortalState} with the queries of the overview, so that a metric and the page cannot differ. */
export async function readPortalState(options: {
  knex: Knex;
}): Promise<PortalState> {
  const { knex } = options;
  const all = { knex, visible: SEES_EVERYTHING, filter: {} };
  const [looks, verdicts, sources, services, images, unlinked] =
    await Promise.all([
      readQueueHealth({ knex }),
      readQueueHealth({ knex, queue: 'verdict_work' }),
      listSources({ knex }),
      countServices(all),
      countImages(all),
      countUnlinked({ knex }),
    ]);
  return {
    queues: { looks, verdicts },
    sources,
    services,
    images,
    unlinked: unlinked.workloads,
  };
}
