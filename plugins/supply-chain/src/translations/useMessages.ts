import { isValidElement, ReactNode, useMemo } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import {
  appLanguageApiRef,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { REASON_CODES, ReasonCode } from 'backstage-plugin-supply-chain-common';
import { MessageKey, supplyChainTranslationRef } from './ref';
import { escapeHostileText } from '../ui/escapeHostileText';

type Parameters = Record<string, string | number>;
type RichParameters = Record<string, ReactNode>;
type Translate = (key: string, options?: object) => ReactNode;

/**
 * Every text of the pages, with dates and numbers in the language of the portal.
 * Text parameters are hostile by assumption and escaped here, once (L32).
 */
export type Messages = {
  t(key: MessageKey, parameters?: Parameters): string;
  /** As `t`, with elements among the parameters. */
  rich(key: MessageKey, parameters: RichParameters): ReactNode;
  /** A reason code in two to five words; one this version does not know is shown as it is. */
  label(reason: string): string;
  /** What a reason code means; a code this version does not know is shown as it is. */
  meaning(reason: string): string;
  /** What to do about a reason code; empty for a code this version does not know. */
  advice(reason: string): string;
  number(value: number): string;
  dateTime(moment: Date): string;
  /** A day of the calendar, `yyyy-mm-dd`; anything else is shown as it is. */
  day(date: string): string;
  /** A part of one, as a percentage with one decimal. */
  percent(share: number): string;
  relativeTime(moment: Date, now: Date): string;
};

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

function relativeTime(language: string, moment: Date, now: Date): string {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(language, {
    numeric: 'auto',
    style: 'short',
  });
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) {
      return format.format(Math.trunc(seconds / length), unit);
    }
  }
  return format.format(0, 'second');
}

function isReasonCode(reason: string): reason is ReasonCode {
  return Object.hasOwn(REASON_CODES, reason);
}

function safeParameters(parameters: RichParameters = {}): RichParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? escapeHostileText(value) : value,
    ]),
  );
}

/** Elements and text come back as a list; without keys of their own they need ours. */
function asText(value: ReactNode): string {
  return isValidElement(value) ? '' : String(value);
}

function createMessages(translate: Translate, language: string): Messages {
  const t: Messages['t'] = (key, parameters) =>
    asText(translate(key, safeParameters(parameters)));
  const dates = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const days = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeZone: 'UTC',
  });
  const numbers = new Intl.NumberFormat(language);
  const percents = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  return {
    t,
    rich: (key, parameters) => translate(key, safeParameters(parameters)),
    label: reason =>
      isReasonCode(reason)
        ? t(`reason.${reason}.label`)
        : escapeHostileText(reason),
    meaning: reason =>
      isReasonCode(reason)
        ? t(`reason.${reason}.meaning`)
        : escapeHostileText(reason),
    advice: reason =>
      isReasonCode(reason) ? t(`reason.${reason}.advice`) : '',
    number: value => numbers.format(value),
    dateTime: moment => dates.format(moment),
    day: date => {
      const moment = new Date(`${date}T00:00:00Z`);
      return Number.isNaN(moment.getTime())
        ? escapeHostileText(date)
        : days.format(moment);
    },
    percent: share => percents.format(share),
    relativeTime: (moment, now) => relativeTime(language, moment, now),
  };
}

/**
 * The texts in the language of the portal.
 */
export function useMessages(): Messages {
  const { t } = useTranslationRef(supplyChainTranslationRef);
  const language =
    useApiHolder().get(appLanguageApiRef)?.getLanguage().language ?? 'en';
  return useMemo(
    () => createMessages(t as unknown as Translate, language),
    [t, language],
  );
}
