import {
  parseDigest,
  reproducingCommand,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { decidingChecks, DecidingChecksOptions } from './decidingChecks';

/** The command that repeats the check which made the signature count; `undefined` when none did. */
export function reproduceWith(
  options: DecidingChecksOptions,
): schema.ReproducingCommand | undefined {
  const { repository, digest: text } = options.image;
  const digest = parseDigest(text);
  if (!repository || !digest) {
    return undefined;
  }
  const commands = decidingChecks(options).flatMap(
    deciding =>
      reproducingCommand({ subject: { repository, digest }, ...deciding }) ??
      [],
  );
  return (
    commands[0] && {
      arguments: commands[0].command,
      notChecked: commands[0].notChecked,
    }
  );
}
