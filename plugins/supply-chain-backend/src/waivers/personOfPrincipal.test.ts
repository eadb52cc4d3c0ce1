import { ConfigReader } from '@backstage/config';
import { CallingPrincipal, personOfPrincipal } from './personOfPrincipal';
import { readGuests } from './readGuests';

const codeOf = (principal: CallingPrincipal, guests?: string[]) => {
  const result = personOfPrincipal({ principal, guests });
  return result.done ? result.person : result.refusal.code;
};

describe('personOfPrincipal', () => {
  it('is a user, by the one spelling of the name', () => {
    expect(codeOf({ type: 'user', userEntityRef: 'User:Default/Ada' })).toBe(
      'user:default/ada',
    );
  });

  it.each([
    'user:default/guest',
    'user:development/guest',
    'User:Development/Guest',
    'user:default/visitor',
  ])('is not the guest %s', userEntityRef => {
    const guests = ['User:default/Visitor'];
    expect(codeOf({ type: 'user', userEntityRef }, guests)).toBe(
      'waiverByGuest',
    );
  });

  it.each([
    { type: 'service', subject: 'plugin:scaffolder' },
    { type: 'none' },
    { type: 'user' },
    {
      type: 'user',
      userEntityRef: 'user:default/ada',
      actor: { type: 'service', subject: 'plugin:scaffolder' },
    },
  ])('is not a service, in the name of a user either: %j', principal => {
    expect(codeOf(principal)).toBe('waiverByService');
  });
});

describe('readGuests', () => {
  const guest = {
    auth: { providers: { guest: { userEntityRef: 'user:default/visitor' } } },
  };

  it('names whom the guest sign-in stands for', () => {
    expect(readGuests(new ConfigReader(guest))).toEqual([
      'user:default/visitor',
    ]);
    expect(readGuests(new ConfigReader({}))).toEqual([]);
  });

  it('takes the guest of the sandbox for a person', () => {
    const config = { ...guest, supplyChain: { sandbox: true } };
    expect(readGuests(new ConfigReader(config))).toEqual([]);
  });
});
