import { isSamePerson, personOf } from './isSamePerson';

describe('isSamePerson', () => {
  it.each([
    ['user:default/ada', 'User:Default/Ada'],
    ['user:default/ada', 'ada'],
    ['user:default/ada', ' default/ada '],
    ['not: a ref!', 'NOT: A REF!'],
  ])('takes "%s" and "%s" for one', (left, right) => {
    expect(isSamePerson(left, right)).toBe(true);
  });

  it.each([
    ['user:default/ada', 'user:default/grace'],
    ['user:default/ada', 'user:other/ada'],
    ['user:default/ada', 'group:default/ada'],
  ])('tells "%s" from "%s"', (left, right) => {
    expect(isSamePerson(left, right)).toBe(false);
  });

  it('has one spelling for each', () => {
    expect(personOf('Ada')).toBe('user:default/ada');
  });
});
