import { act, fireEvent, render, screen } from '@testing-library/react';
import { TextFilter } from './Filters';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('TextFilter', () => {
  const said: string[] = [];
  const onChange = (text: string) => void said.push(text);
  const shown = (value: string) => (
    <TextFilter label="Search" value={value} onChange={onChange} />
  );
  const field = () => screen.getByLabelText('Search');
  const type = (value: string) =>
    fireEvent.change(field(), { target: { value } });
  const pause = () => act(() => jest.advanceTimersByTime(1_000));

  beforeEach(() => {
    said.length = 0;
  });

  it('says what was typed after a pause, once', () => {
    render(shown(''));
    type('m');
    type('mu');
    pause();
    expect(said).toEqual(['mu']);
  });

  it('keeps what is typed while its own text comes back', () => {
    const { rerender } = render(shown(''));
    type('m');
    pause();
    type('mu');
    rerender(shown('m'));
    expect(field()).toHaveValue('mu');
    pause();
    expect(said).toEqual(['m', 'mu']);
  });

  it('takes what others put in its place', () => {
    const { rerender } = render(shown('musl'));
    rerender(shown(''));
    expect(field()).toHaveValue('');
    rerender(shown('zlib'));
    expect(field()).toHaveValue('zlib');
    pause();
    expect(said).toEqual([]);
  });

  it('takes back what it said itself once somebody else said something between', () => {
    const { rerender } = render(shown(''));
    type('m');
    pause();
    rerender(shown('m'));
    rerender(shown(''));
    expect(field()).toHaveValue('');
    rerender(shown('m'));
    expect(field()).toHaveValue('m');
  });
});
