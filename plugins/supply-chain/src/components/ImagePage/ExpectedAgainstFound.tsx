import { ReactNode } from 'react';
import {
  parseWorkflowUri,
  predicateTypeName,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { usePlaceName } from '../../hooks/usePlaceName';
import { Messages, useMessages } from '../../translations/useMessages';
import { FactTable } from '../../ui/FactTable';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { compareSource } from '../../ui/provenance';
import { SafeLink } from '../../ui/SafeLink';
import { FullSigner } from '../../ui/SignerText';
import { DateTime } from '../../ui/TimeAgo';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import { TrustRootLink } from '../shared/TrustRootLink';
import { WithCode } from '../../ui/WithCode';
import { Fact } from './signerFacts';
import { commitUrl, fileUrl } from './sourceLinks';

type Provenance = schema.ProvenanceSummary;

/**
 * The repository that was expected against the one found, and everything else known of the build.
 */
export function ExpectedAgainstFound(props: {
  provenance: Provenance;
  verdicts: schema.Verdict[];
}) {
  const { provenance } = props;
  const { t } = useMessages();
  const messages = useMessages();
  return (
    <Panel title={t('provenance.expectedAgainstFound')}>
      <FactTable
        facts={[
          ...repositoryFacts(props, t),
          ...buildFacts(provenance, t),
          ...proofFacts(provenance, messages),
        ]}
      />
      {provenance.catalogLocation && (
        <CatalogElsewhere location={provenance.catalogLocation} />
      )}
    </Panel>
  );
}

/** L24: the entry says where the source is, and others than those of the source may write it. */
function CatalogElsewhere(props: { location: string }) {
  const { location } = props;
  const { rich } = useMessages();
  const classes = usePageStyles();
  return (
    <p className={classes.secondary}>
      {rich('provenance.catalogElsewhere', {
        location: <SafeLink url={location} text={location} />,
      })}
    </p>
  );
}

function repositoryFacts(
  props: { provenance: Provenance; verdicts: schema.Verdict[] },
  t: Messages['t'],
): Fact[] {
  const { source, expectedSource } = props.provenance;
  const { outcome, result } = compareSource(props.provenance, props.verdicts);
  return [
    [
      t('provenance.expected'),
      expectedSource ? (
        <SafeLink url={expectedSource} text={expectedSource} />
      ) : (
        t('provenance.noExpected')
      ),
    ],
    [
      t('provenance.builtFrom'),
      source ? <SafeLink url={source} text={source} /> : t('dash'),
    ],
    [
      t('provenance.comparison'),
      <OutcomeLabel outcome={outcome}>
        {t(`provenance.compared.${result}`)}
      </OutcomeLabel>,
    ],
  ];
}

/** A fact only where it is known: a list of dashes tells nothing. */
function known(name: string, value: ReactNode): Fact[] {
  return value ? [[name, value]] : [];
}

function text(value: string | undefined): ReactNode {
  return value && <HostileText code text={value} />;
}

function buildFacts(provenance: Provenance, t: Messages['t']): Fact[] {
  const { source: repository, commit, workflow, run } = provenance;
  const place = { repository, commit, run };
  return [
    ...known(t('provenance.ref'), text(provenance.ref)),
    ...known(
      t('provenance.commit'),
      commit && <SafeLink url={commitUrl(place)} text={commit} />,
    ),
    ...known(
      t('provenance.workflow'),
      workflow && (
        <SafeLink url={fileUrl({ ...place, path: workflow })} text={workflow} />
      ),
    ),
    ...known(
      t('provenance.builder'),
      provenance.builder && <Builder uri={provenance.builder} />,
    ),
    ...known(t('provenance.buildType'), text(provenance.buildType)),
    ...known(t('provenance.trigger'), text(provenance.trigger)),
    ...known(t('provenance.runner'), text(provenance.runnerEnvironment)),
    ...known(t('provenance.run'), run && <SafeLink url={run} text={run} />),
  ];
}

/** The address of a workflow names its revision behind `@`, where no page is; the link goes to the repository. */
function Builder(props: { uri: string }) {
  const { uri } = props;
  const workflow = parseWorkflowUri(uri);
  return <SafeLink url={workflow?.repository ?? uri} text={uri} />;
}

function proofFacts(provenance: Provenance, messages: Messages): Fact[] {
  const { t } = messages;
  const { signer, trustRoot, signedAt, foundIn, relation } = provenance;
  const { predicateType, status } = provenance;
  if (status === 'absent' || status === 'unavailable') {
    return [];
  }
  return [
    [t('provenance.level'), <Level provenance={provenance} />],
    [
      t('provenance.signedBy'),
      signer ? <FullSigner signer={signer} /> : t('provenance.nobodySigned'),
    ],
    ...known(
      t('image.signature.trustRoot'),
      trustRoot && <TrustRootLink name={trustRoot} />,
    ),
    ...known(t('image.signature.time'), signedAt && <DateTime at={signedAt} />),
    ...known(
      t('image.signature.covers'),
      relation && t(`image.signature.${relation}`),
    ),
    ...known(
      t('image.signature.place'),
      foundIn && <Place foundIn={foundIn} />,
    ),
    ...known(
      t('provenance.predicateType'),
      predicateType && <PredicateType predicateType={predicateType} />,
    ),
  ];
}

function Place(props: { foundIn: string }) {
  const placeName = usePlaceName();
  return <HostileText text={placeName(props.foundIn)} />;
}

/**
 * What people call a type of statement, with the type itself.
 */
export function PredicateType(props: { predicateType: string }) {
  const { predicateType } = props;
  const name = predicateTypeName(predicateType);
  return (
    <>
      {name && <HostileText text={`${name} · `} />}
      <HostileText code text={predicateType} />
    </>
  );
}

/** The level with what it rests on: verified, or claimed and therefore worth little. */
function Level(props: { provenance: Provenance }) {
  const { level, levelReasons, status } = props.provenance;
  const { t, meaning } = useMessages();
  const isVerified = status === 'verified';
  return (
    <>
      <OutcomeLabel outcome={isVerified && level > 0 ? 'pass' : 'warn'}>
        {t(
          isVerified ? 'provenance.levelVerified' : 'provenance.levelClaimed',
          {
            level,
          },
        )}
      </OutcomeLabel>
      <ul style={{ margin: 0, paddingLeft: 20 }}>
        {levelReasons.map((code, index) => (
          <li key={`${code}/${index}`}>
            <WithCode text={meaning(code)} /> <ReasonCodeLink code={code} />
          </li>
        ))}
      </ul>
    </>
  );
}
