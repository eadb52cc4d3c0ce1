import { ReactNode } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { Panel } from '../../ui/Panel';
import { ImagesTable } from './ImagesTable';

/**
 * Images that an annotation of the service names and that were not seen running. They count nowhere.
 */
export function AnnotatedImages(props: {
  rows: schema.ImageRow[];
  /** How many there are without the filter. */
  total: number;
  actions?: ReactNode;
}) {
  const { rows, total, actions } = props;
  const { t } = useMessages();
  const subtitle = [
    t('images', { count: total }),
    t('entity.annotated.subtitle'),
    ...(rows.length < total
      ? [t('entity.images.shown', { shown: rows.length, total })]
      : []),
  ].join(' · ');
  return (
    <Panel
      title={t('entity.annotated.title')}
      subtitle={subtitle}
      actions={actions}
    >
      <ImagesTable caption={t('entity.annotated.caption')} rows={rows} />
    </Panel>
  );
}
