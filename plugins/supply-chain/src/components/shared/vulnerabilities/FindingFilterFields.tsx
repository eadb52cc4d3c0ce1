import {
  ReasonCode,
  schema,
  SEVERITIES_WORST_FIRST,
} from 'backstage-plugin-supply-chain-common';
import { useUrlState } from '../../../hooks/useUrlState';
import { useMessages } from '../../../translations/useMessages';
import { SelectFilter } from '../../../ui/Filters';
import { SearchField, SeverityField } from '../UrlFilters';

/**
 * What is looked for among vulnerabilities; every choice stands in the address.
 */
export function FindingFilterFields(props: {
  /** @defaultValue search */
  searchLabel?: string;
  /** Whether what is exploited is told apart. @defaultValue true */
  withExploits?: boolean;
  /** What is known of exploits at all. */
  exploitData?: schema.ExploitDataState;
}) {
  const { t, label } = useMessages();
  const { searchLabel, withExploits = true, exploitData } = props;
  const why = whyNotTellable(exploitData);
  const { get, set } = useUrlState();
  return (
    <>
      <SeverityField severities={SEVERITIES_WORST_FIRST} />
      <SelectFilter
        label={t('image.vulnerabilities.fixableOnly')}
        value={get('fixable') ?? ''}
        options={[
          { value: 'yes', label: t('image.vulnerabilities.withFix') },
          { value: 'no', label: t('image.vulnerabilities.withoutFix') },
        ]}
        onChange={fixable => set({ fixable, page: undefined })}
      />
      {withExploits && (
        <SelectFilter
          label={t('image.vulnerabilities.exploitedFilter')}
          value={get('exploited') ?? ''}
          options={[
            { value: 'yes', label: t('image.vulnerabilities.onlyExploited') },
            {
              value: 'no',
              label: why
                ? `${t('image.vulnerabilities.onlyOthers')} (${label(why)})`
                : t('image.vulnerabilities.onlyOthers'),
              disabled: why !== undefined,
            },
          ]}
          onChange={exploited => set({ exploited, page: undefined })}
        />
      )}
      <SearchField label={searchLabel} />
    </>
  );
}

/** Why nothing can be told to be not exploited (L8). */
function whyNotTellable(
  state: schema.ExploitDataState | undefined,
): ReasonCode | undefined {
  if (!state?.knownExploited) {
    return 'exploitDataMissing';
  }
  return state.knownExploited.outdated ? 'exploitDataOutdated' : undefined;
}
