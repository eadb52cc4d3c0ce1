import { schema } from 'backstage-plugin-supply-chain-common';
import { Link } from '@backstage/core-components';
import { quoteCommand } from '../../export/quoteCommand';
import { Messages, useMessages } from '../../translations/useMessages';
import { useLinks } from '../../hooks/useLinks';
import { MessageKey } from '../../translations/ref';
import { CopyButton } from '../../ui/CopyButton';
import { OwnerChip } from '../../ui/EntityChip';
import { shortImageName } from '../../ui/imageName';
import { escapeHostileText } from '../../ui/escapeHostileText';
import { HostileText } from '../../ui/HostileText';
import { OutcomeSign } from '../../ui/OutcomeSign';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { english } from '../../translations/en';

const MAX_STEPS = 3;

/** Things the platform team puts right where sources are configured, not at an image. */
const AT_THE_SOURCES = new Set([
  'grantPullAccess',
  'retryRegistry',
  'addTrustRoot',
  'addPolicy',
]);

/** Parameters that the sentence names. */
const SAID_ALREADY = new Set(['imageRef', 'repository', 'digest', 'registry']);

function joined(names: string[], { t }: Messages): string {
  const distinct = [...new Set(names)];
  return distinct.length > 2
    ? t('entity.remediation.andMore', {
        first: distinct[0],
        count: distinct.length - 1,
      })
    : distinct.join(', ');
}

function actionText(step: schema.NextStep, messages: Messages): string {
  const { images, remediation } = step;
  const repositories = images.map(
    image => image.repository ?? shortImageName(image.imageRef),
  );
  const known = Object.hasOwn(english.entity.remediation, remediation.action);
  const key = known ? remediation.action : 'other';
  return messages.t(`entity.remediation.${key}` as MessageKey, {
    images: joined(
      images.map(image => shortImageName(image.imageRef)),
      messages,
    ),
    repositories: joined(repositories, messages),
    registries: joined(
      repositories.map(repository => repository.split('/')[0]),
      messages,
    ),
  });
}

function vendorMessage(step: schema.NextStep, messages: Messages): string {
  const { t, meaning, advice } = messages;
  return t('entity.next.vendorMessage', {
    image: step.images.map(image => image.imageRef).join(', '),
    meaning: step.reason ? meaning(step.reason) : '',
    advice: step.reason ? advice(step.reason) : '',
  });
}

/**
 * What to do next: at most three, each with who acts and something to click or copy.
 */
export function NextSteps(props: {
  report: schema.EntityReport;
  onShowImage: (key: string) => void;
}) {
  const { report, onShowImage } = props;
  const { t } = useMessages();
  const steps = report.nextSteps.slice(0, MAX_STEPS);
  const nothing =
    report.outcome === 'pass'
      ? 'entity.next.nothing'
      : 'entity.next.nothingKnown';
  return (
    <Panel title={t('entity.next.title')}>
      {steps.length === 0 ? (
        <div>{t(nothing)}</div>
      ) : (
        <ol style={{ margin: 0, paddingLeft: 20 }}>
          {steps.map(step => (
            <li
              key={`${step.remediation.action}/${step.reason}/${step.images[0]?.imageRef}`}
              style={{ margin: '6px 0' }}
            >
              <Step step={step} report={report} onShowImage={onShowImage} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Step(props: {
  step: schema.NextStep;
  report: schema.EntityReport;
  onShowImage: (key: string) => void;
}) {
  const { step } = props;
  const messages = useMessages();
  const classes = usePageStyles();
  const { t, advice } = messages;
  const { who } = step.remediation;
  const details = Object.entries(step.remediation.parameters)
    .filter(([name]) => !SAID_ALREADY.has(name))
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ');
  return (
    <span className={classes.row}>
      <OutcomeSign outcome={step.outcome} />
      <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <span className={classes.strong}>{actionText(step, messages)}</span> –{' '}
        {t('entity.next.resolves', { count: step.findings })}.{' '}
        {step.reason && (
          <span className={classes.secondary}>{advice(step.reason)}</span>
        )}{' '}
        {details && (
          <span className={classes.secondary}>
            <HostileText text={details} />
          </span>
        )}
      </span>
      <OwnerChip entityRef={step.owner} text={t(`who.${who}`)} />
      <StepAction {...props} />
    </span>
  );
}

function StepAction(props: {
  step: schema.NextStep;
  report: schema.EntityReport;
  onShowImage: (key: string) => void;
}) {
  const { step, report, onShowImage } = props;
  const messages = useMessages();
  const { t } = messages;
  const links = useLinks();
  const { action, command, who } = step.remediation;
  const quoted = command && quoteCommand(command);
  const row = report.images.find(
    image =>
      image.digest === step.images[0]?.digest &&
      image.imageRef === step.images[0]?.imageRef,
  );
  return (
    <>
      {quoted && (
        <CopyButton text={quoted} label={t('entity.next.copyCommand')} />
      )}
      {who === 'vendor' && (
        <CopyButton
          text={escapeHostileText(vendorMessage(step, messages))}
          label={t('entity.next.copyMessage')}
        />
      )}
      {AT_THE_SOURCES.has(action) && (
        <Link to={links.sources()}>{t('entity.next.showFailures')}</Link>
      )}
      {row && (
        <Link
          to={`?image=${encodeURIComponent(row.key)}`}
          onClick={event => {
            event.preventDefault();
            onShowImage(row.key);
          }}
        >
          {t('entity.next.showImage')}
        </Link>
      )}
    </>
  );
}
