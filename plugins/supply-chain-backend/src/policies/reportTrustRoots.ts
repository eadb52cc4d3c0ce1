import { TrustRoot } from 'backstage-plugin-supply-chain-common';
import { SourceHealthStore } from '../stores/SourceStore';

/** Options of {@link reportTrustRoots}. */
export type ReportTrustRootsOptions = {
  health: SourceHealthStore;
  /** Those in force: what cannot be used does not load. */
  trustRoots: TrustRoot[];
};

/** Lists the trust roots in force with what about them should be seen. */
export async function reportTrustRoots(
  options: ReportTrustRootsOptions,
): Promise<void> {
  const { health, trustRoots } = options;
  for (const root of trustRoots) {
    const message = root.warnings.map(warning => warning.message).join(' ');
    await health.report('trust', {
      kind: 'trustRoot',
      name: root.name,
      state: 'ok',
      ...(message && { message }),
    });
  }
  await health.keepOnly({
    feed: 'trust',
    names: trustRoots.map(root => root.name),
  });
}
