import {
  ExploitScores,
  schema,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';
import {
  listVulnerabilities,
  ListedVulnerability,
  VulnerabilityFilter,
} from '../../database/operations/vulnerabilities/listVulnerabilities';
import {
  countUnscanned,
  ScannedImagesOptions,
} from '../../database/operations/vulnerabilities/scannedImages';
import { Page } from '../SupplyChainService';
import { requireTellable } from './findingFilter';
import { readExploits } from './readExploits';

/** Options of {@link readVulnerabilities}. */
export type ReadVulnerabilitiesOptions = ScannedImagesOptions & {
  filter: VulnerabilityFilter;
  page: Page;
  /** `undefined`: no scores are loaded. */
  scores: ExploitScores | undefined;
  /** Those in force. */
  policies: readonly SupplyChainPolicy[];
  now: Date;
  sandbox: boolean;
};

/** Vulnerabilities of everything that runs and the caller may see. */
export async function readVulnerabilities(
  options: ReadVulnerabilitiesOptions,
): Promise<schema.VulnerabilityOverview> {
  const { page, sandbox } = options;
  const exploits = await readExploits(options);
  requireTellable(options.filter, exploits.state);
  const { total, vulnerabilities } = await listVulnerabilities({
    ...options,
    ...page,
    exploited: exploits.listed,
  });
  return {
    total,
    items: vulnerabilities.map(each =>
      exploits.prioritise(vulnerabilityRowOf(each)),
    ),
    unscanned: await countUnscanned(options),
    exploitData: exploits.state,
    sandbox,
  };
}

/** A vulnerability as its list has it. */
export function vulnerabilityRowOf({
  name,
  title,
  ...rest
}: ListedVulnerability): schema.VulnerabilityOverviewRow {
  return { id: name, ...(title && { title }), ...rest };
}
