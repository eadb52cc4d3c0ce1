import { TrustRoot } from 'backstage-plugin-supply-chain-common';
import { SourceReport } from 'backstage-plugin-supply-chain-node';
import {
  dueExpiries,
  expiriesOf,
} from 'backstage-plugin-supply-chain-node/trust';
import { SourceHealthStore } from '../stores/SourceStore';

/** Options of {@link reportTrustRoots}. */
export type ReportTrustRootsOptions = {
  health: SourceHealthStore;
  /** Those in force: what cannot be used does not load. */
  trustRoots: TrustRoot[];
  now: Date;
};

/** Lists the trust roots in force with what about them should be seen. */
export async function reportTrustRoots(
  options: ReportTrustRootsOptions,
): Promise<void> {
  const { health, trustRoots, now } = options;
  for (const root of trustRoots) {
    await health.report('trust', {
      kind: 'trustRoot',
      name: root.name,
      ...stateOf(root, now),
    });
  }
  await health.keepOnly({
    feed: 'trust',
    names: trustRoots.map(root => root.name),
  });
}

function stateOf(
  root: TrustRoot,
  now: Date,
): Pick<SourceReport, 'state' | 'reason' | 'message'> {
  const warnings = root.warnings.map(({ message }) => message);
  const ends = dueExpiries(expiriesOf(root), now).map(
    ({ name, endsAt }) => `"${name}" ends at ${endsAt}.`,
  );
  const message = [...ends, ...warnings].join(' ');
  return {
    state: ends.length > 0 ? 'degraded' : 'ok',
    ...(ends.length > 0 && { reason: 'trustMaterialExpires' as const }),
    ...(message && { message }),
  };
}
