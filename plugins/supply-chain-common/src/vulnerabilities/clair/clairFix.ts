import { FixState } from '../../model/vulnerability';
import { shortText } from '../../text/reportValues';
import { textOf } from '../scanReport';

/** The fix of an entry. */
export type ClairFix = { fixedVersion?: string; fixState: FixState };

/** How updaters write that there is no fix. */
const NONE: readonly string[] = ['', '0', '0:0'];

/**
 * Reads `fixed_in_version`. The updaters of OSV write a query string there, for instance `fixed=2.1.1&introduced=3.0`;
 * a range that ends with the last version that is affected names no fix.
 */
export function fixOf(fixedInVersion: unknown): ClairFix {
  const text = textOf(fixedInVersion).trim();
  const isQuery = /^(?:fixed|introduced|lastAffected)=/.test(text);
  const version = isQuery
    ? new URLSearchParams(text.slice(0, 4_096)).get('fixed') ?? ''
    : text;
  return NONE.includes(version)
    ? { fixState: 'notFixed' }
    : { fixedVersion: shortText(version, 512)!, fixState: 'fixed' };
}
