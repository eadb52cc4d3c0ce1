import { render } from '@testing-library/react';
import { WithCode } from './WithCode';

const markup = (text: string) =>
  render(<WithCode text={text} />).container.innerHTML;

it('shows what stands between backticks as code', () => {
  expect(markup('Raise `limits.bodyBytes`, or set `a` and `b`.')).toBe(
    'Raise <code>limits.bodyBytes</code>, or set <code>a</code> and <code>b</code>.',
  );
});

it('leaves text without backticks as it is', () => {
  expect(markup('Sign the image.')).toBe('Sign the image.');
});

it('makes no markup of what stands in the text', () => {
  expect(markup('a `<b>` <i>')).toBe('a <code>&lt;b&gt;</code> &lt;i&gt;');
});

it('takes a backtick that is never closed for text', () => {
  expect(markup('one ` alone')).toBe('one ` alone');
});
