import { Link } from '@backstage/core-components';
import { schema } from 'backstage-plugin-supply-chain-common';
import { Links, useLinks } from '../../hooks/useLinks';
import {
  TrustRootImageFilter,
  useTrustRootImages,
} from '../../hooks/useTrustRoots';
import { usePageState, useUrlState } from '../../hooks/useUrlState';
import { Messages, useMessages } from '../../translations/useMessages';
import { DigestText } from '../../ui/DigestText';
import { EntityLink } from '../../ui/EntityChip';
import { SelectFilter } from '../../ui/Filters';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { ShortSigner } from '../../ui/SignerText';
import { schemeName } from '../ImagePage/schemeName';
import { Pager } from '../shared/Pager';

const FILTERS: readonly TrustRootImageFilter[] = [
  'singleSigner',
  'contentTrustOnly',
];

/**
 * The running images a trust root verifies, with those that have nothing else to stand on.
 */
export function TrustRootImages(props: { root: schema.TrustRootReport }) {
  const { name, title = name } = props.root;
  const { t } = useMessages();
  const { get } = useUrlState();
  const { page, pageSize } = usePageState();
  const only = FILTERS.find(each => each === get('only'));
  const state = useTrustRootImages({
    trustRoot: name,
    only,
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <Panel
      headingLevel="h3"
      title={t('trust.list.title', { name: title })}
      actions={<Filter only={only} />}
    >
      <RemoteContent state={state}>
        {images => <Images images={images} title={title} />}
      </RemoteContent>
    </Panel>
  );
}

function Filter(props: { only: TrustRootImageFilter | undefined }) {
  const { t } = useMessages();
  const { set } = useUrlState();
  return (
    <SelectFilter
      label={t('trust.list.filter')}
      value={props.only ?? ''}
      options={[
        { value: 'singleSigner', label: t('trust.list.single') },
        { value: 'contentTrustOnly', label: t('trust.list.contentTrust') },
      ]}
      onChange={only => set({ only, page: undefined })}
    />
  );
}

function Images(props: { images: schema.TrustRootImagePage; title: string }) {
  const { images, title } = props;
  const messages = useMessages();
  const links = useLinks();
  const { t } = messages;
  return (
    <>
      <ResponsiveTable
        caption={t('trust.list.caption', { name: title })}
        columns={columnsOf(messages, links)}
        rows={images.items}
        keyOf={({ repository, digest }) => `${repository}@${digest}`}
        empty={t('trust.list.none')}
      />
      {images.total > 0 && <Pager total={images.total} />}
    </>
  );
}

function columnsOf(
  { t }: Messages,
  links: Links,
): Column<schema.TrustRootImage>[] {
  return [
    {
      id: 'image',
      label: t('trust.list.image'),
      render: ({ repository, digest }) => (
        <>
          <Link to={links.image({ repository, digest })}>
            <HostileText text={repository} />
          </Link>
          <div>
            <DigestText digest={digest} />
          </div>
        </>
      ),
    },
    {
      id: 'signer',
      label: t('trust.list.signer'),
      render: image => <Signers image={image} />,
    },
    {
      id: 'services',
      label: t('trust.list.services'),
      render: ({ entityRefs }) =>
        entityRefs.length === 0
          ? t('trust.list.noService')
          : entityRefs.map(entityRef => (
              <div key={entityRef}>
                <EntityLink entityRef={entityRef} defaultKind="component" />
              </div>
            )),
    },
  ];
}

function Signers(props: { image: schema.TrustRootImage }) {
  const { signers, schemes, singleSigner, contentTrustOnly } = props.image;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      {signers.map(signer => (
        <div key={signer}>
          <ShortSigner signer={signer} />
        </div>
      ))}
      <div className={classes.secondary}>
        {schemes.map(scheme => schemeName(scheme, t)).join(', ')}
      </div>
      {singleSigner && (
        <OutcomeLabel outcome={contentTrustOnly ? 'warn' : 'unknown'}>
          {t('trust.list.alone')}
        </OutcomeLabel>
      )}
    </>
  );
}
