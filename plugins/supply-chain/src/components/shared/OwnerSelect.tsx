import { OWNER_ALL, OWNER_MINE } from '../../hooks/useOwnerFilter';
import { useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { SelectFilter } from '../../ui/Filters';

/**
 * Whose services are shown: my teams', everybody's or one owner's. The choice stands in the address.
 */
export function OwnerSelect(props: {
  /** `mine`, `all` or an entity ref. */
  owner: string;
  /** Owners to choose from. @defaultValue none */
  others?: readonly { value: string; label: string }[];
}) {
  const { owner, others = [] } = props;
  const { t } = useMessages();
  const { set } = useUrlState();
  return (
    <SelectFilter
      label={t('overview.filter.owner')}
      value={owner}
      withAll={false}
      options={[
        { value: OWNER_MINE, label: t('overview.filter.mine') },
        { value: OWNER_ALL, label: t('overview.filter.allOwners') },
        ...others,
      ]}
      onChange={value => set({ owner: value, page: undefined })}
    />
  );
}
