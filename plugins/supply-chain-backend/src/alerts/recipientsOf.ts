import { personOf } from 'backstage-plugin-supply-chain-common';
import { Alert } from '../stores/AlertStore';

const USER = /^user:[^:/\s]+\/[^:/\s]+$/;

/**
 * Who hears of it: the owner of the entity, whom the notifications plugin finds, and of the end of a waiver also who
 * asked for it. What a document says of its requester need not be a user.
 */
export function recipientsOf({ entityRef, news }: Alert): string | string[] {
  if (news.kind !== 'waiver') {
    return entityRef;
  }
  const requester = personOf(news.requestedBy);
  return USER.test(requester) ? [entityRef, requester] : entityRef;
}
