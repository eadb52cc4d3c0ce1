import {
  ImageScans,
  imageScans,
  MergedFinding,
  PolicyFacts,
  SupplyChainPolicy,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { loadFactsInputs } from '../../database/operations/verdicts/loadFactsInputs';
import { RunningImageRow } from '../../database/tables';
import { factsOf } from '../../verdict/factsOf';

/** An image of a service; of a workload of none, with an empty ref. */
export type ImagePlace = { run: RunningImageRow; entityRef: string };

/** Options of {@link readImageFindings}. */
export type ReadImageFindingsOptions = {
  knex: Knex;
  places: ImagePlace[];
  /** Those in force. */
  policies: readonly SupplyChainPolicy[];
  trustRoots: TrustRoot[];
  now: Date;
};

/** What scans found in an image, as its figures count it and set it aside. */
export type ImageFindings = {
  findings: MergedFinding[];
  facts: PolicyFacts;
  /** The scans they come from. */
  scans: ImageScans;
  /** Those that cover the image. */
  policies: SupplyChainPolicy[];
};

/** From the facts that the verdicts on the places were made on, under the same policies, in order of the places. */
export async function readImageFindings(
  options: ReadImageFindingsOptions,
): Promise<ImageFindings[]> {
  const { knex, places, policies, trustRoots, now } = options;
  const rows = new Map(places.map(({ run }) => [run.id, run]));
  const inputs = await loadFactsInputs({ knex, rows: [...rows.values()] });
  return places.map(({ run, entityRef }) => {
    const input = inputs.get(run.id)!;
    const entity = input.entities.find(({ ref }) => ref === entityRef) ?? null;
    const facts = factsOf({ input, entity, trustRoots });
    const scans = imageScans({ facts, policies, trustRoots, now });
    return {
      findings: scans.selection.findings,
      facts,
      scans,
      policies: scans.policies,
    };
  });
}
