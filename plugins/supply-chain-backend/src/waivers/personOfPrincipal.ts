import { personOf } from 'backstage-plugin-supply-chain-common';
import { refused, WaiverResult } from './refusal';

/** Who calls, as Backstage knows it: a user, a service, or a service in the name of a user. */
export type CallingPrincipal = {
  type: string;
  userEntityRef?: string;
  actor?: unknown;
};

/** Whom Backstage signs in without asking who it is. */
const GUESTS = ['user:default/guest', 'user:development/guest'];

/** Options of {@link personOfPrincipal}. */
export type PersonOptions = {
  principal: CallingPrincipal;
  /** Other users that anybody can be, by entity ref. */
  guests?: readonly string[];
};

/**
 * The person behind a call, by the one spelling of the entity ref. Guests and services are none (L22), and neither is a
 * service in the name of somebody: what people ask for and approve must be their own doing.
 */
export function personOfPrincipal(
  options: PersonOptions,
): WaiverResult<{ person: string }> {
  const { principal, guests = [] } = options;
  const { type, userEntityRef, actor } = principal;
  if (type !== 'user' || !userEntityRef || actor !== undefined) {
    return refused(
      'notAllowed',
      'waiverByService',
      'Expected a person, got a service',
    );
  }
  const person = personOf(userEntityRef);
  return [...GUESTS, ...guests.map(personOf)].includes(person)
    ? refused(
        'notAllowed',
        'waiverByGuest',
        `Expected a person, got the guest '${person}'`,
      )
    : { done: true, person };
}
