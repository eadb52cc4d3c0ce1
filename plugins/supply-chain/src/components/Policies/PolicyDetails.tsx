import { ReactNode } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { DigestText } from '../../ui/DigestText';
import { FactTable } from '../../ui/FactTable';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';
import { TimeAgo } from '../../ui/TimeAgo';
import { TrustRootLink } from '../shared/TrustRootLink';
import { PolicyCovers } from './PolicyCovers';
import { PolicyMode } from './policyColumns';
import { PolicyRules } from './PolicyRules';

/**
 * Everything about one policy, and its rules.
 */
export function PolicyDetails(props: {
  policy: schema.PolicyReport;
  catalogue: schema.RuleDescription[];
}) {
  const { policy, catalogue } = props;
  const messages = useMessages();
  const classes = usePageStyles();
  return (
    <div className={classes.page}>
      <FactTable facts={factsOf(policy, messages)} />
      <PolicyRules policy={policy} catalogue={catalogue} />
    </div>
  );
}

function factsOf(
  policy: schema.PolicyReport,
  { t }: Messages,
): [string, ReactNode][] {
  const { trust, ownImages, platformImages, sourceRepositories } = policy;
  const facts: [string, ReactNode, boolean][] = [
    [t('policies.details.covers'), <PolicyCovers match={policy.match} />, true],
    [t('policies.details.mode'), <PolicyMode policy={policy} />, true],
    [
      t('policies.details.enforcedAt'),
      policy.enforcedAt ? (
        <Texts texts={policy.enforcedAt} />
      ) : (
        t('policies.details.notReported')
      ),
      true,
    ],
    [
      t('policies.details.trust'),
      trust && <Trust trust={trust} />,
      trust !== undefined,
    ],
    [
      t('policies.details.ownImages'),
      ownImages ? <Texts texts={ownImages} /> : t('policies.details.allOwn'),
      true,
    ],
    [
      t('policies.details.platformImages'),
      <Texts texts={platformImages} />,
      platformImages.length > 0,
    ],
    [
      t('policies.details.sourceRepositories'),
      <Texts texts={sourceRepositories} />,
      sourceRepositories.length > 0,
    ],
    [
      t('policies.details.source'),
      <Origin policy={policy} />,
      policy.source !== undefined,
    ],
    [
      t('policies.details.digest'),
      <DigestText digest={policy.digest} long />,
      true,
    ],
  ];
  return facts.flatMap(([name, value, given]) =>
    given ? [[name, value]] : [],
  );
}

function Trust(props: { trust: schema.PolicyTrust }) {
  const { type, count = 1, roots } = props.trust;
  const { t } = useMessages();
  return (
    <>
      {roots.length > 1 &&
        (type === 'atLeast'
          ? t('policies.details.atLeast', { count })
          : t(`policies.details.${type}`))}{' '}
      {roots.map((root, index) => (
        <span key={root}>
          {index > 0 && ', '}
          <TrustRootLink name={root} />
        </span>
      ))}
    </>
  );
}

function Texts(props: { texts: string[] }) {
  const classes = usePageStyles();
  return (
    <ul className={classes.plainList}>
      {props.texts.map(text => (
        <li key={text}>
          <HostileText text={text} />
        </li>
      ))}
    </ul>
  );
}

function Origin(props: { policy: schema.PolicyReport }) {
  const { source = '', loadedAt } = props.policy;
  const { t } = useMessages();
  return (
    <>
      <HostileText text={source} />
      {loadedAt && (
        <>
          {', '}
          {t('policies.details.loadedAt')} <TimeAgo at={loadedAt} />
        </>
      )}
    </>
  );
}
