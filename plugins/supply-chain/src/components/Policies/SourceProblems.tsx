import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { Notice } from '../../ui/Notice';
import { usePageStyles } from '../../ui/pageStyles';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import { WithCode } from '../../ui/WithCode';

/**
 * What is wrong with the newest version of a policy document, and whether an older one stays in force.
 */
export function SourceProblems(props: {
  sources: schema.PolicyDocumentSource[];
}) {
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      {props.sources
        .filter(({ problems }) => problems.length > 0)
        .map(({ source, loadedAt, problems }) => (
          <Notice
            key={source}
            tone={loadedAt ? 'warn' : 'fail'}
            title={t(`policies.problem.${loadedAt ? 'inForce' : 'never'}`, {
              source,
            })}
          >
            <ul className={classes.plainList}>
              {problems.map(problem => (
                <li key={JSON.stringify(problem)}>
                  <Problem problem={problem} />
                </li>
              ))}
            </ul>
          </Notice>
        ))}
    </>
  );
}

function Problem(props: { problem: schema.PolicyDocumentProblem }) {
  const { code, message, line, path } = props.problem;
  const { t, meaning, advice } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <WithCode text={meaning(code)} /> <ReasonCodeLink code={code} />{' '}
      <WithCode text={advice(code)} />
      <div className={classes.secondary}>
        {line !== undefined && <>{t('policies.problem.line', { line })}: </>}
        {path && (
          <>
            <HostileText code text={path} />{' '}
          </>
        )}
        <HostileText text={message} />
      </div>
    </>
  );
}
