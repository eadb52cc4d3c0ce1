import { defineReasons } from './defineReasons';

/** Reason codes of what is refused about a waiver on the page (L22). */
export const waiverReasons = defineReasons({
  waiverByGuest: {
    about: 'policy',
    meaning:
      'A guest asks for a waiver or decides about one, and nobody knows who that is.',
    advice: 'Sign in with an account of your own.',
  },
  waiverByService: {
    about: 'policy',
    meaning:
      'A service asks for a waiver or decides about one, and only people may.',
    advice: 'Do it on the page, signed in yourself.',
  },
  waiverForNothing: {
    about: 'policy',
    meaning:
      'The rule does not fail on this image, so there is nothing to waive.',
    advice: 'Nothing, unless the page shows otherwise after a reload.',
  },
  waiverForUnknown: {
    about: 'policy',
    meaning:
      'What the rule asks cannot be told, and the waiver does not include that.',
    advice:
      'Find out why it cannot be told, or say that the waiver includes it.',
  },
  waiverReasonChanged: {
    about: 'policy',
    meaning:
      'The rule fails for another reason than when the waiver was asked for.',
    advice: 'Deny the request; who needs it asks again for what is wrong now.',
  },
  waiverExpiryPast: {
    about: 'policy',
    meaning: 'The end of the waiver has passed.',
    advice: 'Choose a later end.',
  },
  waiverPending: {
    about: 'policy',
    meaning: 'The same waiver is waiting for a decision.',
    advice: 'Ask somebody who may approve it to decide.',
  },
  waiverDecided: {
    about: 'policy',
    meaning: 'Somebody has decided about the waiver before.',
    advice: 'Reload the page to see what was decided.',
  },
  waiverNotInForce: {
    about: 'policy',
    meaning: 'The waiver has ended or never came into force.',
    advice: 'Reload the page to see where it stands.',
  },
  waiverBeyondService: {
    about: 'policy',
    meaning:
      'The waiver is for every service, and you may approve waivers for some.',
    advice:
      'Ask for a waiver for this service only, or have somebody approve it who may do so for every service.',
  },
  waiverOfSomebodyElse: {
    about: 'policy',
    meaning: 'Only who asked for a waiver can take the request back.',
    advice: 'Ask them, or have it denied.',
  },
  waiverInVersionControl: {
    about: 'policy',
    meaning: 'The waiver stands in version control.',
    advice: 'Change or remove the document; a merge decides.',
  },
});
