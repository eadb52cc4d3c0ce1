import { Alert, WaiverNews } from '../stores/AlertStore';

/** What is said of the end of a waiver; not made safe yet. */
export function waiverNotification(
  news: WaiverNews,
  about: Pick<Alert, 'entityRef' | 'title'>,
) {
  const { rule, days, expires, reason } = news;
  const name = about.title ?? about.entityRef;
  const hasEnded = days === 0;
  const what = subjectOf(news, about.entityRef);
  return {
    title: hasEnded
      ? `${name}: the waiver of ${rule} has ended`
      : `${name}: the waiver of ${rule} ends ${whenOf(days)}`,
    description: hasEnded
      ? `${what} counts under the rule again since ${expires}. It was waived because: ${reason}`
      : `${what} counts under the rule again from ${expires}. Fix it until then, or ask for another waiver in time. It is waived because: ${reason}`,
    link: linkOf(news),
    severity: days <= 1 ? ('high' as const) : ('normal' as const),
  };
}

/** The warning is given some minutes after its instant, or a while after when the portal was down. */
function whenOf(days: number): string {
  return days === 1 ? 'within a day' : `within ${days} days`;
}

function subjectOf({ scope }: WaiverNews, entityRef: string): string {
  const { repository, digest, vulnerability } = scope;
  const image = repository
    ? `${repository}${digest ? `@${digest}` : ''}`
    : entityRef;
  return vulnerability ? `${vulnerability} in ${image}` : image;
}

function linkOf({ source, name, days }: WaiverNews): string {
  const waiver = source === 'git' ? `git:${name}` : name;
  const state = days === 0 ? 'ended' : 'ending';
  return `/supply-chain/waivers?${new URLSearchParams({ state, waiver })}`;
}
