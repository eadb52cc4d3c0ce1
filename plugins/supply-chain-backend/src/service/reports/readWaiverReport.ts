import { schema } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { listVisibleRefs } from '../../database/operations/waivers/listVisibleScopes';
import { StoredWaiver } from '../../stores/WaiverStore';
import { WaiverCaller } from '../WaiverCaller';
import { portalWaiverReport } from './waiverReportOf';

/** Options of {@link readWaiverReports}. */
export type ReadWaiverReportsOptions = {
  knex: Knex;
  /** The caller may see them. */
  waivers: StoredWaiver[];
  caller: WaiverCaller;
  now: Date;
};

/** Waivers of the page as the caller may see them, with what the caller may do. */
export async function readWaiverReports(
  options: ReadWaiverReportsOptions,
): Promise<schema.WaiverReport[]> {
  const { knex, waivers, caller, now } = options;
  const refs = waivers.map(({ about }) => about.entityRef);
  const visibleRefs = await listVisibleRefs({
    knex,
    visible: caller.visible,
    refs,
  });
  const approvableRefs = await listVisibleRefs({
    knex,
    visible: caller.approvable,
    refs,
  });
  return waivers.map(waiver =>
    portalWaiverReport({ waiver, caller, visibleRefs, approvableRefs, now }),
  );
}
