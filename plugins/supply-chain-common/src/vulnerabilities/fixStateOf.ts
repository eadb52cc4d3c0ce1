import { FixState, VulnerabilityFinding } from '../model/vulnerability';

/** Whether there is a version without it; what is said to be fixed in no version that anybody names is not known. */
export function fixStateOf({
  fixedVersion,
  fixState = 'unknown',
}: Pick<VulnerabilityFinding, 'fixedVersion' | 'fixState'>): FixState {
  if (fixedVersion) {
    return 'fixed';
  }
  return fixState === 'fixed' ? 'unknown' : fixState;
}
