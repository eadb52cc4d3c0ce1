import { containsText } from './containsText';

it.each<[(string | undefined)[], string, boolean]>([
  [['Runs as root', undefined], 'AS Root', true],
  [['runs as', 'root'], 'as root', false],
  [['runs as', 'root'], '', true],
  [[undefined], '', false],
  [[], 'a', false],
])('of %j, one contains %j: %s', (texts, wanted, expected) => {
  expect(containsText(texts, wanted)).toBe(expected);
});
