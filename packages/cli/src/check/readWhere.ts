import { usageError } from '../commandLine/CommandLineError';
import { ParsedOptions } from '../commandLine/parseOptions';

/** Where images will run, by `--cluster` and `--namespace`; `undefined` when that is not known. */
export function readWhere(
  options: ParsedOptions,
): { cluster: string; namespace: string } | undefined {
  const cluster = options.value('cluster');
  const namespace = options.value('namespace');
  if ((cluster === undefined) !== (namespace === undefined)) {
    throw usageError('expected --cluster and --namespace together');
  }
  return cluster === undefined || namespace === undefined
    ? undefined
    : { cluster, namespace };
}
