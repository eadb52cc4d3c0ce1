import { useCallback } from 'react';
import { SEVERITIES_WORST_FIRST } from 'backstage-plugin-supply-chain-common';
import { useUrlState } from '../../../hooks/useUrlState';
import { useMessages } from '../../../translations/useMessages';
import { SelectFilter, TextFilter } from '../../../ui/Filters';

/**
 * What is looked for among vulnerabilities; every choice stands in the address.
 */
export function FindingFilterFields(props: {
  /** @defaultValue search */
  searchLabel?: string;
  /** Whether what is exploited is told apart. @defaultValue true */
  withExploits?: boolean;
}) {
  const { t } = useMessages();
  const { searchLabel = t('filter.search'), withExploits = true } = props;
  const { get, set } = useUrlState();
  const onSearch = useCallback(
    (search: string) => set({ search, page: undefined }),
    [set],
  );
  return (
    <>
      <SelectFilter
        label={t('filter.severity')}
        value={get('severity') ?? ''}
        options={SEVERITIES_WORST_FIRST.map(value => ({
          value,
          label: t(`severity.${value}`),
        }))}
        onChange={severity => set({ severity, page: undefined })}
      />
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
            { value: 'no', label: t('image.vulnerabilities.onlyOthers') },
          ]}
          onChange={exploited => set({ exploited, page: undefined })}
        />
      )}
      <TextFilter
        label={searchLabel}
        value={get('search') ?? ''}
        onChange={onSearch}
      />
    </>
  );
}
