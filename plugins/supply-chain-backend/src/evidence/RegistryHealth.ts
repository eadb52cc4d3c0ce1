import { ImageSubject, ReasonCode } from 'backstage-plugin-supply-chain-common';
import { SourceReport } from 'backstage-plugin-supply-chain-node';

/** More repositories than this per registry are not told apart. */
const MAXIMUM_REPOSITORIES = 1_000;

/** Options of {@link RegistryHealth.note}. */
export type NoteLookOptions = {
  subject: ImageSubject;
  /** Absent when the look came to its end. */
  failure?: ReasonCode;
  nextTryAt: Date;
};

/** How registries are doing, told from the looks of this replica. */
export class RegistryHealth {
  readonly #failures = new Map<string, Map<string, ReasonCode | undefined>>();

  /** Notes one look and says how the registry is doing now. */
  note(options: NoteLookOptions): SourceReport {
    const { subject, failure, nextTryAt } = options;
    const host = subject.repository.split('/')[0];
    const repositories = this.#failures.get(host) ?? new Map();
    this.#failures.set(host, repositories);
    repositories.delete(subject.repository);
    repositories.set(subject.repository, failure);
    if (repositories.size > MAXIMUM_REPOSITORIES) {
      repositories.delete(repositories.keys().next().value!);
    }
    const failed = [...repositories].filter(([, reason]) => reason);
    if (failed.length === 0) {
      return { kind: 'registry', name: host, state: 'ok' };
    }
    const [repository, reason] = failed[failed.length - 1];
    return {
      kind: 'registry',
      name: host,
      state: failed.length === repositories.size ? 'down' : 'degraded',
      reason,
      message: `${failed.length} of ${repositories.size} repositories, for instance ${repository}`,
      nextTryAt: nextTryAt.toISOString(),
    };
  }
}
