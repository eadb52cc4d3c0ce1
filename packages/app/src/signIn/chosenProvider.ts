import { IdentityApi } from '@backstage/frontend-plugin-api';

const KEY = 'portal-sign-in-provider';

/** The provider chosen in this tab, so that a reload does not ask again. */
export function chosenProvider(
  known: readonly { provider: string }[],
): string | undefined {
  const chosen = sessionStorage.getItem(KEY);
  return known.find(({ provider }) => provider === chosen)?.provider;
}

/** Keeps the choice for this tab. */
export function keepProvider(provider: string): void {
  sessionStorage.setItem(KEY, provider);
}

/** The same identity; to sign out is also to forget the choice. */
export function forgetAtSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: async () => {
      sessionStorage.removeItem(KEY);
      await identity.signOut();
    },
  };
}
