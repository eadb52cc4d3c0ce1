import {
  TufReference,
  tufFileNames,
  TufTarget,
} from 'backstage-plugin-supply-chain-common';
import {
  TufReader,
  TufReading,
  TufRepositories,
} from 'backstage-plugin-supply-chain-node/policies';
import { CommandLineError } from '../commandLine/CommandLineError';
import { CollectorState } from './collecting';

/** Options of {@link RememberingTuf}. */
export type RememberingTufOptions = {
  state: CollectorState;
  /** Hosts that may speak plain http. */
  insecureRegistries: string[];
};

/** TUF repositories, with what `--state` keeps of them: a mirror that goes back behind an earlier run is refused. */
export class RememberingTuf implements TufReader {
  readonly #options: RememberingTufOptions;

  static create(options: RememberingTufOptions): RememberingTuf {
    return new RememberingTuf(options);
  }

  private constructor(options: RememberingTufOptions) {
    this.#options = options;
  }

  async read(
    reference: TufReference,
    { signal }: { signal?: AbortSignal },
  ): Promise<TufReading> {
    const { state, insecureRegistries } = this.#options;
    const key = tufFileNames(reference).content;
    const repositories = TufRepositories.create({
      registries: insecureRegistries.map(host => ({ host, insecure: true })),
      // Whoever runs the command chose the policy, and many mirrors stand in private networks.
      allowPrivateAddress: true,
    });
    try {
      const previous = readTarget(await state.get(key), key);
      const reading = await repositories.read(reference, { previous, signal });
      if (reading.ok) {
        await state.set(key, JSON.stringify(reading.target));
      }
      return reading;
    } finally {
      await repositories.close();
    }
  }
}

function readTarget(
  text: string | undefined,
  key: string,
): TufTarget | undefined {
  if (text === undefined) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    // Without it the mirror could fall back behind an earlier run, so it is not taken for nothing.
    throw new CommandLineError('configuration', [
      `what the state folder holds of "${key}" cannot be read; remove it to begin again`,
    ]);
  }
}
