import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { english, MessageTree } from './en';
import { FlatKey, flattenMessages } from './flattenMessages';

type PluralSuffix = '_one' | '_other';
type Collapse<K extends string> = K extends `${infer Base}${PluralSuffix}`
  ? Base
  : K;

/** Keys as they lie in the message files, plural forms apart. */
export type FlatMessageKey = FlatKey<MessageTree>;

/**
 * A message to ask for; plural forms are chosen by `count`.
 *
 * @public
 */
export type MessageKey = Collapse<FlatMessageKey>;

/**
 * The texts of this plugin: English built in, German beside it. Override them with
 * `createTranslationMessages` or add a language with `createTranslationResource`.
 *
 * @public
 */
export const supplyChainTranslationRef = createTranslationRef({
  id: 'supply-chain',
  messages: flattenMessages(english) as Record<string, string>,
  translations: {
    de: () => import('./de'),
  },
});
