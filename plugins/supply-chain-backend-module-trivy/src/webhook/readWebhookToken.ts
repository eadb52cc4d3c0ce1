import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** As long as 128 bits in hexadecimal. */
const TOKEN_MIN_LENGTH = 32;

/**
 * Reads `supplyChain.trivy.webhook.token`; undefined where the operator pushes nothing.
 *
 * @throws InputError for a token that could be guessed or cannot stand in a header.
 *
 * @internal
 */
export function readWebhookToken(root: Config): string | undefined {
  const config = root.getOptionalConfig('supplyChain.trivy.webhook');
  const token = config?.getString('token');
  if (
    token !== undefined &&
    (token.length < TOKEN_MIN_LENGTH || !/^[\x21-\x7e]+$/.test(token))
  ) {
    throw new InputError(
      `expected supplyChain.trivy.webhook.token with at least ${TOKEN_MIN_LENGTH} characters, without spaces`,
    );
  }
  return token;
}
