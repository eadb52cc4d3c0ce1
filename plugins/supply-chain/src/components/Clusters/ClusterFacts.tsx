import { ReactNode } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { FactTable } from '../../ui/FactTable';
import { SeverityChips } from '../../ui/SeverityChips';
import { controlsText, failingText, sumOfControls } from './counts';

/**
 * What the parts of a cluster come to; where nothing is reported, that, and not zero.
 */
export function ClusterFacts(props: { report: schema.ClusterReport }) {
  const { compliance, checks, vulnerabilities, contents } = props.report;
  const messages = useMessages();
  const { t } = messages;
  // Without objects: one may be checked under several topics.
  const failingChecks = checks.topics.reduce(
    (total, topic) => total + topic.failingChecks,
    0,
  );
  const facts: [string, ReactNode][] = [
    [
      t('clusters.column.compliance'),
      compliance.frameworks.length > 0 &&
        controlsText(sumOfControls(compliance.frameworks), messages),
    ],
    [
      t('clusters.page.tabs.checks'),
      checks.topics.length > 0 &&
        failingText({ checks: failingChecks }, messages),
    ],
    [
      t('clusters.column.vulnerabilities'),
      vulnerabilities.scans.length > 0 && (
        <SeverityChips counts={vulnerabilities.counts} />
      ),
    ],
    [
      t('clusters.page.tabs.contents'),
      contents.sbom &&
        t('image.contents.components', { count: contents.sbom.components }),
    ],
  ];
  return (
    <FactTable
      facts={facts.map(([name, value]) => [
        name,
        value || t('clusters.notReported'),
      ])}
    />
  );
}
