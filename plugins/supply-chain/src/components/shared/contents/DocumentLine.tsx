import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../../translations/useMessages';
import { HostileText } from '../../../ui/HostileText';
import { TimeAgo } from '../../../ui/TimeAgo';

/**
 * Which document lists the contents: "CycloneDX 1.6 by Trivy 0.72, 259 components, 3 hours ago".
 */
export function DocumentLine(props: {
  document: Pick<
    schema.ImageContents,
    'format' | 'specVersion' | 'tool' | 'components' | 'generatedAt'
  >;
}) {
  const { format, specVersion, tool, components, generatedAt } = props.document;
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
