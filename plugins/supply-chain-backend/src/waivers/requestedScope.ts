import { Finding, WaiverScope } from 'backstage-plugin-supply-chain-common';
import { FindingPlace } from '../stores/WaiverStore';
import { refused, WaiverResult } from './refusal';

/** How far a waiver reaches from the finding it is asked for. */
export type RequestedReach = {
  scope: 'image' | 'repository' | 'service';
  /** For every service that runs the image or the repository, not for this one only. */
  everywhere: boolean;
  /** Id of one vulnerability. */
  vulnerability?: string;
};

/** Options of {@link requestedScope}. */
export type RequestedScopeOptions = {
  place: FindingPlace;
  reach: RequestedReach;
  /** What the rule says now. */
  findings: readonly Finding[];
};

const VULNERABILITY = /^[A-Za-z0-9][A-Za-z0-9._:-]{2,99}$/;

/** The scope of a waiver that is asked for. */
export function requestedScope(
  options: RequestedScopeOptions,
): WaiverResult<{ scope: WaiverScope }> {
  const { entityRef, repository, digest } = options.place;
  const { scope, everywhere, vulnerability } = options.reach;
  const problem = problemOf(options);
  return problem
    ? refused('invalid', 'waiverWithoutScope', problem)
    : {
        done: true,
        scope: {
          ...(scope !== 'service' && { repository }),
          ...(scope === 'image' && { digest }),
          ...(!everywhere && { entity: entityRef }),
          ...(vulnerability && { vulnerability }),
        },
      };
}

function problemOf(options: RequestedScopeOptions): string | undefined {
  const { place, findings } = options;
  const { scope, everywhere, vulnerability } = options.reach;
  if (scope === 'image' && !place.digest) {
    return 'Expected a digest for a waiver of one image, got none';
  }
  if (scope === 'service' && everywhere) {
    return 'Expected one service for a waiver of a service';
  }
  if (vulnerability === undefined) {
    return undefined;
  }
  if (!VULNERABILITY.test(vulnerability)) {
    return 'Expected the id of a vulnerability such as CVE-2026-1000';
  }
  return findings.every(isAboutVulnerabilities)
    ? undefined
    : 'Expected a rule about vulnerabilities for a waiver of one of them';
}

/** Whether the rule behind a finding can be waived for a single vulnerability. */
export function isAboutVulnerabilities(
  finding: Pick<Finding, 'ruleId' | 'use'>,
): boolean {
  return ['no-fixable-vulnerability', 'no-known-exploited'].includes(
    finding.use ?? finding.ruleId,
  );
}
