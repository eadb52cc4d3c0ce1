import {
  schema,
  SEVERITIES_WORST_FIRST,
} from 'backstage-plugin-supply-chain-common';
import { useUrlState } from './useUrlState';

/** What is looked for among vulnerabilities. */
export type FindingFilter = {
  search?: string;
  severity?: schema.Severity;
  /** Only those with a fix, or only those without one. */
  fixable?: boolean;
  /** Only those that are known to be exploited, or only the others. */
  exploited?: boolean;
};

/** A choice of yes, no or any, as the address writes it. */
function choiceOf(text: string | undefined): boolean | undefined {
  switch (text) {
    case 'yes':
      return true;
    case 'no':
      return false;
    default:
      return undefined;
  }
}

/**
 * What is looked for among vulnerabilities, as the address says.
 */
export function useFindingFilter(): FindingFilter {
  const { get } = useUrlState();
  return {
    search: get('search'),
    severity: SEVERITIES_WORST_FIRST.find(name => name === get('severity')),
    fixable: choiceOf(get('fixable')),
    exploited: choiceOf(get('exploited')),
  };
}
