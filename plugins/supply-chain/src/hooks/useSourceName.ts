import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../translations/useMessages';

/**
 * A scanner, and how its scan came here when the portal did not fetch it itself.
 */
export function useSourceName(): (source: schema.FindingSource) => string {
  const { t } = useMessages();
  return ({ scanner, trust }) =>
    trust ? t(`image.vulnerabilities.trust.${trust}`, { scanner }) : scanner;
}
