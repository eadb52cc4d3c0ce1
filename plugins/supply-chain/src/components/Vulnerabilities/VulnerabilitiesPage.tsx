import { useUrlState } from '../../hooks/useUrlState';
import { usePageStyles } from '../../ui/pageStyles';
import { VulnerabilityList } from './VulnerabilityList';
import { VulnerabilityView } from './VulnerabilityView';

/**
 * The vulnerabilities of everything that runs; with an id in the address, where that one runs.
 */
export function VulnerabilitiesPage() {
  const id = useUrlState().get('id');
  const classes = usePageStyles();
  return (
    <div className={classes.frame} data-supply-chain>
      {id === undefined ? <VulnerabilityList /> : <VulnerabilityView id={id} />}
    </div>
  );
}
