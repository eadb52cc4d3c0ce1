import { AsyncLocalStorage } from 'async_hooks';

/** One look; clients keep beside it what they read for it. */
export type RegistryLook = { readonly type: 'registryLook' };

const looks = new AsyncLocalStorage<RegistryLook>();

/**
 * Runs a task as one look at one subject: what several collectors ask of the same client in it is read once. Nothing
 * outlives the look (L7), and a failure is nobody else's. Within a look it belongs to that one.
 *
 * `readRegistriesFor` does the same.
 *
 * @public
 */
export function asOneLook<T>(task: () => T): T {
  return currentLook() ? task() : looks.run({ type: 'registryLook' }, task);
}

/** The look the calling code belongs to; `undefined` outside of one, where every call is a read. */
export function currentLook(): RegistryLook | undefined {
  return looks.getStore();
}
