import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { escapeHostileText } from '../../ui/escapeHostileText';
import { usePageStyles } from '../../ui/pageStyles';

const LONG_KEY = /^(?:sha256:)?([0-9a-f]{12})[0-9a-f]{20,}$/;

/**
 * Whom a trust root trusts to sign, one line each.
 */
export function TrustedSigners(props: {
  signers: schema.TrustedSigner[];
  /** How many; @defaultValue all, with whole fingerprints */
  shown?: number;
}) {
  const { signers, shown = Infinity } = props;
  const messages = useMessages();
  const classes = usePageStyles();
  const brief = Number.isFinite(shown);
  const hidden = Math.max(0, signers.length - shown);
  return (
    <ul className={classes.plainList}>
      {signers.slice(0, shown).map(signer => (
        <li
          key={JSON.stringify(signer)}
          title={brief ? escapeHostileText(signer.name) : undefined}
          style={{ overflowWrap: 'anywhere' }}
        >
          {nameOf(signer, messages, brief)}
          <div className={classes.secondary}>
            {conditionsOf(signer, messages).map(condition => (
              <div key={condition}>{condition}</div>
            ))}
          </div>
        </li>
      ))}
      {hidden > 0 && (
        <li className={classes.secondary}>
          {messages.t('trust.signer.more', { count: hidden })}
        </li>
      )}
    </ul>
  );
}

// Parameters of messages are escaped where the messages are made (L32).
function nameOf(
  signer: schema.TrustedSigner,
  { t }: Messages,
  brief: boolean,
): string {
  const { kind, match = 'exact' } = signer;
  const name = brief ? signer.name.replace(LONG_KEY, '$1…') : signer.name;
  return kind === 'identity'
    ? t(`trust.signer.${match}`, { name })
    : t(`trust.signer.${kind}`, { name });
}

function conditionsOf(
  signer: schema.TrustedSigner,
  { t, dateTime }: Messages,
): string[] {
  const { kind, issuer, scope, extensions = [], notBefore, notAfter } = signer;
  const from = notBefore && dateTime(new Date(notBefore));
  const until = notAfter && dateTime(new Date(notAfter));
  return [
    ...(issuer ? [t('trust.signer.issuedBy', { issuer })] : []),
    ...(kind === 'identity' && !issuer ? [t('trust.signer.noIssuer')] : []),
    ...extensions.map(escapeHostileText),
    ...(scope ? [t('trust.signer.scope', { scope })] : []),
    ...(from && until ? [t('trust.signer.period', { from, until })] : []),
    ...(from && !until ? [t('trust.signer.from', { from })] : []),
    ...(until && !from ? [t('trust.signer.until', { until })] : []),
  ];
}
