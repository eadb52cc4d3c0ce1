import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../../translations/useMessages';
import { HostileText } from '../../../ui/HostileText';
import { Panel } from '../../../ui/Panel';
import { usePageStyles } from '../../../ui/pageStyles';
import { ResponsiveTable } from '../../../ui/ResponsiveTable';

/**
 * Packages that have another version in the one image than in the other.
 */
export function ChangedPackages(props: { comparison: schema.ImageComparison }) {
  const { packages, packagesTotal } = props.comparison;
  const { t } = useMessages();
  const classes = usePageStyles();
  const more = packagesTotal - packages.length;
  return (
    <Panel
      title={t('comparison.packages.title')}
      subtitle={t('comparison.packages.subtitle')}
    >
      <ResponsiveTable
        caption={t('comparison.packages.caption')}
        columns={[
          {
            id: 'package',
            label: t('comparison.packages.package'),
            render: ({ name }) => <HostileText text={name} />,
          },
          {
            id: 'before',
            label: t('comparison.sides.before'),
            render: ({ before }) => (
              <HostileText code text={before.join(', ')} />
            ),
          },
          {
            id: 'after',
            label: t('comparison.sides.after'),
            render: ({ after }) => <HostileText code text={after.join(', ')} />,
          },
        ]}
        rows={packages}
        keyOf={({ name, purl }) => `${name}|${purl}`}
        empty={t('comparison.packages.none')}
      />
      {more > 0 && (
        <div className={classes.secondary}>
          {t('comparison.packages.more', { count: more })}
        </div>
      )}
    </Panel>
  );
}
