import { schema } from 'backstage-plugin-supply-chain-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { quoteCommand } from '../../export/quoteCommand';
import { Messages, useMessages } from '../../translations/useMessages';
import { useLinks } from '../../hooks/useLinks';
import { MessageKey } from '../../translations/ref';
import { CopyButton } from '../../ui/CopyButton';
import { OwnerChip } from '../../ui/EntityChip';
import { shortImageName } from '../../ui/imageName';
import { escapeHostileText } from '../../ui/escapeHostileText';
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

/** What a command belongs into, where the finding says so. */
const COPY_LABELS: ReadonlyMap<string | undefined, MessageKey> = new Map([
  ['image', 'comparison.command.copyForImage'],
  ['project', 'comparison.command.copyForProject'],
]);

function joined(names: string[], { t }: Messages): string {
  const distinct = [...new Set(names)];
  return distinct.length > 2
    ? t('entity.remediation.andMore', {
        first: distinct[0],
        count: distinct.length - 1,
      })
    : distinct.join(', ');
}

/** What a sentence needs beside the images; without it there is a plainer one. */
const NEEDED_PARAMETERS: Record<string, string> = {
  upgradePackages: 'packages',
  signImage: 'trustRoots',
  signWithTrustedIdentity: 'trustRoots',
  useAllowedRegistry: 'allowed',
  buildFromOwnRepository: 'expected',
};

function keyOf({ action, parameters }: schema.Remediation): string {
  if (!Object.hasOwn(english.entity.remediation, action)) {
    return 'other';
  }
  const needed = NEEDED_PARAMETERS[action];
  return needed && parameters[needed] ? `${action}Named` : action;
}

function actionText(step: schema.NextStep, messages: Messages): string {
  const { images, remediation } = step;
  const repositories = images.map(
    image => image.repository ?? shortImageName(image.imageRef),
  );
  const { action, parameters } = remediation;
  const key = keyOf(remediation);
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
    packages: parameters.packages ?? '',
    trustRoots: parameters.trustRoots ?? '',
    allowed: parameters.allowed ?? '',
    expected: parameters.expected ?? '',
    found: parameters.found ?? '',
    action,
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

const useStyles = makeStyles(
  theme => ({
    sentence: { overflowWrap: 'break-word' },
    sign: { display: 'inline-block', verticalAlign: -3, lineHeight: 1 },
    actions: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0, 1),
      marginLeft: theme.spacing(0.5),
    },
  }),
  { name: 'SupplyChainNextSteps' },
);

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
  const page = usePageStyles();
  const classes = useStyles();
  const { t, meaning, advice } = messages;
  const { reason, remediation } = step;
  return (
    <>
      <span
        className={classes.sentence}
        title={reason && `${meaning(reason)} ${advice(reason)}`}
      >
        <span className={classes.sign}>
          <OutcomeSign outcome={step.outcome} />
        </span>{' '}
        <span className={page.strong}>{actionText(step, messages)}</span> —{' '}
        {t('entity.next.resolves', { count: step.findings })}.
      </span>{' '}
      <span className={classes.actions}>
        <OwnerChip entityRef={step.owner} text={t(`who.${remediation.who}`)} />
        <StepAction {...props} />
      </span>
    </>
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
  const { action, command, parameters, who } = step.remediation;
  const quoted = command && quoteCommand(command);
  const row = report.images.find(
    image =>
      image.digest === step.images[0]?.digest &&
      image.imageRef === step.images[0]?.imageRef,
  );
  return (
    <>
      {quoted && (
        <CopyButton
          text={quoted}
          label={t(
            COPY_LABELS.get(parameters.commandPlace) ??
              'entity.next.copyCommand',
          )}
        />
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
