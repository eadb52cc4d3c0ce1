import { ReactNode } from 'react';
import { Signer } from 'backstage-plugin-supply-chain-common';
import { Messages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { FullSigner } from '../../ui/SignerText';
import { SafeLink } from '../../ui/SafeLink';

/** A name with its value, as {@link FactTable} shows them. */
export type Fact = [string, ReactNode];

type Identity = Extract<Signer, { type: 'identity' }>;

/**
 * Who signed, in the words of the kind of signer: a key, a certificate of an ordinary authority, an identity.
 */
export function signerFacts(
  signer: Signer | undefined,
  t: Messages['t'],
): Fact[] {
  if (!signer) {
    return [];
  }
  switch (signer.type) {
    case 'key':
      return [
        [t('image.signature.key'), <FullSigner signer={signer.fingerprint} />],
      ];
    case 'certificate':
      return [
        [
          t('image.signature.certificate'),
          <FullSigner signer={signer.subject} />,
        ],
        [
          t('image.signature.fingerprint'),
          <FullSigner signer={signer.fingerprint} />,
        ],
      ];
    default:
      return identityFacts(signer, t);
  }
}

function identityFacts(signer: Identity, t: Messages['t']): Fact[] {
  const source = signer.extensions.sourceRepositoryUri;
  const commit = signer.extensions.sourceRepositoryDigest;
  const facts: Fact[] = [
    [t('image.signature.identity'), <FullSigner signer={signer.subject} />],
    [
      t('image.signature.issuer'),
      signer.issuer ? <HostileText code text={signer.issuer} /> : t('dash'),
    ],
  ];
  if (source) {
    facts.push([
      t('image.signature.source'),
      <>
        <SafeLink url={source} text={source} />
        {commit && (
          <>
            {' @ '}
            <HostileText code text={commit} />
          </>
        )}
      </>,
    ]);
  }
  return facts;
}
