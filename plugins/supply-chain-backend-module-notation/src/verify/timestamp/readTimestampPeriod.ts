import { TSTInfo } from 'pkijs';
import { Refused } from '../Refused';

/** https://www.rfc-editor.org/rfc/rfc3628#section-5.2: who keeps this policy is at most a second off. */
const BASELINE_POLICY = '0.4.0.2023.1.1';
const BASELINE_ACCURACY_MS = 1000;

/** When something was stamped: at the earliest, by the clock of the authority, at the latest. */
export type TimestampPeriod = { from: Date; time: Date; to: Date };

/**
 * Reads the period a timestamp stands for (RFC 3161, section 2.4.2).
 *
 * @throws Refused
 */
export function readTimestampPeriod(info: TSTInfo): TimestampPeriod {
  const { version, genTime, extensions = [] } = info;
  if (version !== 1 || Number.isNaN(genTime.getTime())) {
    throw new Refused('timestampInvalid', 'expected a time, version 1');
  }
  if (extensions.some(({ critical }) => critical)) {
    throw new Refused('timestampInvalid', 'a critical extension is not known');
  }
  const accuracyMs = accuracyMsOf(info);
  return {
    from: new Date(genTime.getTime() - accuracyMs),
    time: genTime,
    to: new Date(genTime.getTime() + accuracyMs),
  };
}

function accuracyMsOf({ accuracy, policy }: TSTInfo): number {
  if (!accuracy) {
    return policy === BASELINE_POLICY ? BASELINE_ACCURACY_MS : 0;
  }
  const { seconds = 0, millis = 0, micros = 0 } = accuracy;
  return seconds * 1000 + millis + Math.ceil(micros / 1000);
}
