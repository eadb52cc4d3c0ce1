import { useFindingFilter } from '../../hooks/useFindingFilter';
import { useImageVulnerabilitiesExport } from '../../hooks/useImageExports';
import { ImageAddress } from '../../hooks/useImageReport';
import { ExportMenu } from '../shared/ExportMenu';

/**
 * Exports the vulnerabilities of an image under the filters of the address.
 */
export function ExportFindings(props: { image: ImageAddress }) {
  const filter = useFindingFilter();
  const exporting = useImageVulnerabilitiesExport({
    ...props.image,
    ...filter,
  });
  return <ExportMenu source={exporting} />;
}
