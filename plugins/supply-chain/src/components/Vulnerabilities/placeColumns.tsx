import { Link } from '@backstage/core-components';
import { schema } from 'backstage-plugin-supply-chain-common';
import { Links } from '../../hooks/useLinks';
import { Messages, useMessages } from '../../translations/useMessages';
import { DigestText } from '../../ui/DigestText';
import { EntityLink } from '../../ui/EntityChip';
import { escapeHostileText } from '../../ui/escapeHostileText';
import { HostileText } from '../../ui/HostileText';
import { shortImageName } from '../../ui/imageName';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column } from '../../ui/ResponsiveTable';
import { SeverityChip } from '../../ui/SeverityChips';
import { DateTime } from '../../ui/TimeAgo';
import { FixText } from '../shared/vulnerabilities/FixText';
import { OtherOpinions } from '../shared/vulnerabilities/OtherOpinions';
import { VexOpinions } from '../shared/vulnerabilities/VexOpinions';

/** Options of {@link placeColumns}. */
export type PlaceColumnsOptions = {
  /** Id of the vulnerability. */
  id: string;
  messages: Messages;
  links: Links;
};

/** The columns of the table of places of a vulnerability. */
export function placeColumns(
  options: PlaceColumnsOptions,
): Column<schema.VulnerablePlace>[] {
  const { id, messages, links } = options;
  const { t, day } = messages;
  return [
    {
      id: 'service',
      minWidthPx: 120,
      label: t('vulnerabilities.column.service'),
      render: place => <Service place={place} />,
    },
    {
      id: 'image',
      minWidthPx: 150,
      label: t('vulnerabilities.column.image'),
      render: place => <Image id={id} place={place} links={links} />,
    },
    {
      id: 'clusters',
      label: t('vulnerabilities.column.clusters'),
      render: ({ clusters }) => <HostileText text={clusters.join(', ')} />,
    },
    {
      id: 'package',
      minWidthPx: 140,
      label: t('vulnerabilities.column.package'),
      render: place => (
        <>
          <Packages packages={place.packages} />
          <VexOpinions row={place} />
        </>
      ),
    },
    {
      id: 'severity',
      label: t('image.vulnerabilities.column.severity'),
      render: place => (
        <>
          <SeverityChip severity={place.severity} />
          <OtherOpinions row={withOtherScanners(place)} />
        </>
      ),
    },
    {
      id: 'since',
      label: t('image.vulnerabilities.column.since'),
      render: ({ firstSeenAt }) =>
        firstSeenAt ? <DateTime at={firstSeenAt} /> : t('dash'),
    },
    {
      id: 'due',
      label: t('vulnerabilities.column.due'),
      render: place => dueOf(place, t, day),
    },
  ];
}

/** A scanner that rates it less in another package does not contradict itself. */
function withOtherScanners(
  place: schema.VulnerablePlace,
): schema.VulnerablePlace {
  const { severity, sources } = place;
  const agreeing = sources
    .filter(source => source.severity === severity)
    .map(({ scanner }) => scanner);
  return {
    ...place,
    sources: sources.filter(({ scanner }) => !agreeing.includes(scanner)),
  };
}

function dueOf(
  { overdue, dueAt }: schema.VulnerablePlace,
  t: Messages['t'],
  day: Messages['day'],
) {
  if (overdue) {
    return (
      <OutcomeLabel outcome="fail">
        {t('vulnerabilities.places.overdue')}
      </OutcomeLabel>
    );
  }
  return dueAt ? (
    <time dateTime={dueAt}>{day(dueAt.slice(0, 10))}</time>
  ) : (
    t('dash')
  );
}

function Service(props: { place: schema.VulnerablePlace }) {
  const { entityRef, entityTitle, owner } = props.place;
  const { t } = useMessages();
  const classes = usePageStyles();
  if (!entityRef) {
    return <>{t('vulnerabilities.places.noService')}</>;
  }
  return (
    <>
      <span className={classes.strong}>
        <EntityLink
          entityRef={entityRef}
          defaultKind="component"
          title={entityTitle && escapeHostileText(entityTitle)}
        />
      </span>
      {owner && (
        <div className={classes.secondary}>
          <EntityLink entityRef={owner} />
        </div>
      )}
    </>
  );
}

function Image(props: {
  id: string;
  place: schema.VulnerablePlace;
  links: Links;
}) {
  const { id, place, links } = props;
  const { repository, digest, imageRef } = place;
  const findings = { tab: 'vulnerabilities', group: 'cve', search: id };
  return (
    <>
      <Link to={links.image({ repository, digest }, findings)}>
        <HostileText text={shortImageName(imageRef)} />
      </Link>
      <div>
        <DigestText digest={digest} />
      </div>
    </>
  );
}

function Packages(props: { packages: schema.VulnerablePackage[] }) {
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <ul className={classes.plainList}>
      {props.packages.map((each, index) => (
        <li key={`${each.name}|${each.installedVersion}|${index}`}>
          <HostileText text={each.name} />
          <div className={classes.secondary}>
            <HostileText
              code
              text={
                each.fixedVersion
                  ? t('vulnerabilities.places.upgrade', {
                      installed: each.installedVersion,
                      fixed: each.fixedVersion,
                    })
                  : each.installedVersion
              }
            />
            {!each.fixedVersion && (
              <div>
                <FixText row={each} />
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
