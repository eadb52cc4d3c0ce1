import { Config } from '@backstage/config';

/**
 * Users that anybody can be without a password, by entity ref. In the sandbox the guest stands for the developer the
 * demo is about, so there it counts as a person.
 */
export function readGuests(config: Config): string[] {
  const guest = config.getOptionalString('auth.providers.guest.userEntityRef');
  const isSandbox = config.getOptionalBoolean('supplyChain.sandbox') ?? false;
  return guest && !isSandbox ? [guest] : [];
}
