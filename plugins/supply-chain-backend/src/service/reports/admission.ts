import {
  admissionOutcome,
  parseImageReference,
  portalMayWaive,
  schema,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';

/** Options of {@link withAdmission}. */
export type WithAdmissionOptions = {
  verdicts: readonly schema.Verdict[];
  /** Those in force. */
  policies: readonly SupplyChainPolicy[];
  /** Where the image runs; empty: nothing uses it, and nothing would be refused for how it is named. */
  placements: readonly Pick<schema.Placement, 'imageRef' | 'running'>[];
  vulnerabilities?: Pick<schema.VulnerabilitySummary, 'attested'>;
};

/**
 * Says beside each verdict what admission does with the image, in what it runs as named there (L23). A verdict under
 * another version of a policy than the one in force says nothing of it.
 */
export function withAdmission(options: WithAdmissionOptions): schema.Verdict[] {
  const { verdicts, policies, placements, vulnerabilities } = options;
  const isScanAttested = vulnerabilities?.attested ?? false;
  const running = placements.filter(each => each.running);
  const pinned = (running.length > 0 ? running : placements).every(
    ({ imageRef }) => namesDigest(imageRef),
  );
  return verdicts.map(verdict => {
    const policy = policies.find(
      ({ name, digest }) =>
        name === verdict.policy.name && digest === verdict.policy.digest,
    );
    if (!policy) {
      return verdict;
    }
    const { mode, onUnknown } = policy;
    const { outcome } = verdict;
    const findings = verdict.findings.map(each =>
      atTheDoor(each, { policy, isScanAttested }),
    );
    const question = { mode, onUnknown, outcome, findings, pinned };
    return { ...verdict, admission: { mode, ...admissionOutcome(question) } };
  });
}

/** What a rule says there: not every waiver of the page counts at admission (L34). */
function atTheDoor(
  { ruleId, outcome, waiver }: schema.Finding,
  given: { policy: SupplyChainPolicy; isScanAttested: boolean },
): { outcome: schema.Outcome } {
  const use = given.policy.rules.find(({ id }) => id === ruleId)?.use;
  const mayWaive = portalMayWaive(use) && !given.isScanAttested;
  return waiver?.source === 'portal' && !mayWaive ? waiver : { outcome };
}

function namesDigest(imageRef: string): boolean {
  const parsed = parseImageReference(imageRef);
  return parsed.ok && parsed.reference.digest !== undefined;
}
