import { schema } from 'backstage-plugin-supply-chain-common';
import { SourceHealthRow } from '../../database/tables';

/** What the checklist is made from, all of it as far as the caller may see. */
export type ChecklistFacts = {
  sources: SourceHealthRow[];
  hasImages: boolean;
  /** Images found running; absent where they were not counted. */
  images?: number;
  /** Services with running images. */
  services: number;
  trustRoots: number;
  policies: number;
};

/** The steps from an empty portal to verdicts, in their order (L37). */
export function checklist(facts: ChecklistFacts): schema.ChecklistItem[] {
  return [
    { step: 'clusters', ...readable(facts.sources, 'cluster') },
    {
      step: 'images',
      done: facts.hasImages,
      ...(facts.images !== undefined && { count: facts.images }),
    },
    { step: 'linked', ...some(facts.services) },
    {
      step: 'trustRoot',
      ...some(facts.trustRoots),
      ...problemOf(facts.sources, 'trustRoot'),
    },
    { step: 'scanner', ...readable(facts.sources, 'scanner') },
    {
      step: 'policy',
      ...some(facts.policies),
      ...problemOf(facts.sources, 'policyFile'),
    },
  ];
}

type Step = Omit<schema.ChecklistItem, 'step'>;

function some(count: number): Step {
  return { done: count > 0, count };
}

function problemOf(
  sources: SourceHealthRow[],
  kind: string,
): Pick<Step, 'problem'> {
  const failing = sources.find(
    source => source.kind === kind && source.state === 'down' && source.reason,
  );
  return failing?.reason ? { problem: failing.reason } : {};
}

/** Sources that can be read, at least in part. */
function readable(sources: SourceHealthRow[], kind: string): Step {
  const all = sources.filter(source => source.kind === kind);
  const well = all.filter(
    source => source.state === 'ok' || source.state === 'degraded',
  );
  return {
    done: well.length > 0,
    count: well.length,
    ...problemOf(sources, kind),
  };
}
