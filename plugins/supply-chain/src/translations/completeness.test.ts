import { REASON_CODES } from 'backstage-plugin-supply-chain-common';
import { english } from './en';
import { flattenMessages } from './flattenMessages';
import { germanMessages } from './de/germanMessages';

const englishMessages: Record<string, string> = flattenMessages(english);

function parameters(message: string): string[] {
  return [...message.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort();
}

describe('the German texts', () => {
  it('have exactly the keys of the English ones', () => {
    expect(Object.keys(germanMessages).sort()).toEqual(
      Object.keys(englishMessages).sort(),
    );
  });

  it('use the parameters of the English ones', () => {
    for (const [key, message] of Object.entries(englishMessages)) {
      expect({ key, parameters: parameters(germanMessages[key]) }).toEqual({
        key,
        parameters: parameters(message),
      });
    }
  });

  it('leave nothing empty', () => {
    for (const [key, message] of Object.entries(germanMessages)) {
      expect({ key, empty: message.trim() === '' }).toEqual({
        key,
        empty: false,
      });
    }
  });
});

describe('every reason code', () => {
  it('has its meaning and advice in English from the table', () => {
    for (const [code, definition] of Object.entries(REASON_CODES)) {
      expect(englishMessages[`reason.${code}.meaning`]).toBe(
        definition.meaning,
      );
      expect(englishMessages[`reason.${code}.advice`]).toBe(definition.advice);
    }
  });

  it('has a label of a few words without a full stop in both languages', () => {
    for (const code of Object.keys(REASON_CODES)) {
      for (const messages of [englishMessages, germanMessages]) {
        const label = messages[`reason.${code}.label`];
        expect({ code, words: label?.split(' ').length }).toEqual({
          code,
          words: expect.any(Number),
        });
        expect(label.split(' ').length).toBeLessThanOrEqual(5);
        expect(label).not.toMatch(/\.$/);
        expect(label.length).toBeLessThanOrEqual(45);
      }
    }
  });

  it('has German texts of its own', () => {
    for (const [code, definition] of Object.entries(REASON_CODES)) {
      expect(germanMessages[`reason.${code}.label`]).not.toBe(
        englishMessages[`reason.${code}.label`],
      );
      expect(germanMessages[`reason.${code}.meaning`]).not.toBe(
        definition.meaning,
      );
      expect(germanMessages[`reason.${code}.advice`]).toBeTruthy();
    }
  });
});
