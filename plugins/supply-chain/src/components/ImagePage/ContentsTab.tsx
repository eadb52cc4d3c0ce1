import { schema } from 'backstage-plugin-supply-chain-common';
import { ImageAddress, useImageComponents } from '../../hooks/useImageReport';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import {
  ComponentList,
  DocumentLine,
  useComponentsAsked,
} from '../shared/contents';
import { WithCode } from '../../ui/WithCode';

/**
 * What is in the image as an SBOM tells, or why nobody can say.
 */
export function ContentsTab(props: { report: schema.ImageReport }) {
  const { report } = props;
  const { repository, digest, contents = { status: 'absent' } } = report;
  const { t } = useMessages();
  const classes = usePageStyles();
  const described = contents.components !== undefined;
  return (
    <Panel
      title={t('image.tabs.contents')}
      subtitle={described && <DocumentLine document={contents} />}
    >
      <div className={classes.page}>
        <ContentsNote contents={contents} platforms={report.platforms} />
        {described && <ImageComponents image={{ repository, digest }} />}
      </div>
    </Panel>
  );
}

function ImageComponents(props: { image: ImageAddress }) {
  const { t } = useMessages();
  const state = useImageComponents({ ...props.image, ...useComponentsAsked() });
  return <ComponentList state={state} caption={t('image.contents.caption')} />;
}

function ContentsNote(props: {
  contents: schema.ImageContents;
  platforms: string[];
}) {
  const { status, reason, message, platforms } = props.contents;
  const { t, meaning, advice } = useMessages();
  if (status === 'present') {
    const others = props.platforms.filter(
      platform => platforms && !platforms.includes(platform),
    );
    return others.length > 0 ? (
      <Notice tone="unknown">
        {t('image.contents.otherPlatforms', { platforms: others.join(', ') })}
      </Notice>
    ) : null;
  }
  const why = reason ?? 'sbomMissing';
  return (
    <Notice tone="unknown" title={meaning(why)}>
      {message && (
        <div>
          <HostileText text={message} />
        </div>
      )}
      <div>
        <WithCode text={advice(why)} />
      </div>
    </Notice>
  );
}
