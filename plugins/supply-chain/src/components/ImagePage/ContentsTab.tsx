import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { TimeAgo } from '../../ui/TimeAgo';
import { ComponentList } from './ComponentList';

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
      subtitle={described && <DocumentLine contents={contents} />}
    >
      <div className={classes.page}>
        <ContentsNote contents={contents} platforms={report.platforms} />
        {described && <ComponentList image={{ repository, digest }} />}
      </div>
    </Panel>
  );
}

/** "CycloneDX 1.6 by Trivy 0.72, 259 components, 3 hours ago". */
function DocumentLine(props: { contents: schema.ImageContents }) {
  const { format, specVersion, tool, components, generatedAt } = props.contents;
  const { rich, t } = useMessages();
  return (
    <>
      {rich('image.contents.document', {
        format: <HostileText text={words(format, specVersion)} />,
        tool: <HostileText text={words(tool?.name, tool?.version)} />,
        components: t('image.contents.components', { count: components ?? 0 }),
        ago: generatedAt ? <TimeAgo at={generatedAt} /> : t('dash'),
      })}
    </>
  );
}

function words(...texts: (string | undefined)[]): string {
  return texts.filter(Boolean).join(' ');
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
      <div>{advice(why)}</div>
    </Notice>
  );
}
