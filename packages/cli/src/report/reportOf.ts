import {
  CheckReport,
  checkReportOf,
  CheckReview,
  ReportAdditions,
} from 'backstage-plugin-supply-chain-common';
import { name, version } from '../../package.json';

/** The report over all images, as this tool says it. */
export function reportOf(
  review: Omit<CheckReview, 'tool'>,
  additions?: ReportAdditions,
): CheckReport {
  return checkReportOf({ ...review, tool: { name, version } }, additions);
}
