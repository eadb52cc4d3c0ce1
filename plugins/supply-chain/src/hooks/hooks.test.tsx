import { act, renderHook, waitFor } from '@testing-library/react';
import { TestApiProvider } from '@backstage/test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { PropsWithChildren } from 'react';
import { responseError } from '../__testUtils__/renderPage';
import {
  POLL_INTERVAL_MS,
  SAFETY_POLL_INTERVAL_MS,
  SECOND_LOOK_MS,
  useLiveReload,
} from './useLiveReload';
import { useRemote } from './useRemote';

describe('useRemote', () => {
  const base = { scope: 'a', key: 'a', permission: 'supply-chain.read' };

  it('keeps the old answer, marked, when a newer attempt fails', async () => {
    const load = jest
      .fn()
      .mockResolvedValueOnce(1)
      .mockRejectedValueOnce(new Error('gone'));
    const { result } = renderHook(() => useRemote<number>({ ...base, load }));
    await waitFor(() => expect(result.current.status).toBe('ready'));
    act(() => result.current.reload());
    await waitFor(() =>
      expect(result.current).toMatchObject({
        status: 'ready',
        value: 1,
        failure: { message: 'gone' },
      }),
    );
  });

  it('takes the old answer away when it may no longer be seen', async () => {
    const error = await responseError(403, 'no');
    const load = jest
      .fn()
      .mockResolvedValueOnce(1)
      .mockRejectedValueOnce(error);
    const { result } = renderHook(() => useRemote<number>({ ...base, load }));
    await waitFor(() => expect(result.current.status).toBe('ready'));
    act(() => result.current.reload());
    await waitFor(() => expect(result.current.status).toBe('denied'));
  });

  it('forgets an answer about something else at once', async () => {
    const { result, rerender } = renderHook(
      ({ scope }) =>
        useRemote<string>({
          ...base,
          scope,
          key: scope,
          load: async () => scope,
        }),
      { initialProps: { scope: 'a' } },
    );
    await waitFor(() => expect(result.current).toMatchObject({ value: 'a' }));
    rerender({ scope: 'b' });
    expect(result.current.status).toBe('loading');
    await waitFor(() => expect(result.current).toMatchObject({ value: 'b' }));
  });

  it('ignores an answer that a newer question has overtaken', async () => {
    let finishFirst: (value: string) => void = () => {};
    const load = jest
      .fn()
      .mockReturnValueOnce(
        new Promise<string>(resolve => {
          finishFirst = resolve;
        }),
      )
      .mockResolvedValueOnce('second');
    const { result } = renderHook(() => useRemote<string>({ ...base, load }));
    act(() => result.current.reload());
    await waitFor(() =>
      expect(result.current).toMatchObject({ value: 'second' }),
    );
    await act(async () => finishFirst('first'));
    expect(result.current).toMatchObject({ value: 'second' });
  });

  it('asks nothing while it is switched off', () => {
    const load = jest.fn();
    const { result } = renderHook(() =>
      useRemote({ ...base, load, enabled: false }),
    );
    act(() => result.current.reload());
    expect(load).not.toHaveBeenCalled();
    expect(result.current.status).toBe('loading');
  });
});

describe('useLiveReload', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks by itself where there are no signals', () => {
    const reload = jest.fn();
    renderHook(() => useLiveReload(reload), {
      wrapper: ({ children }: PropsWithChildren) => (
        <TestApiProvider apis={[]}>{children}</TestApiProvider>
      ),
    });
    act(() => {
      jest.advanceTimersByTime(SECOND_LOOK_MS);
    });
    expect(reload).toHaveBeenCalledTimes(1);
    act(() => {
      jest.advanceTimersByTime(POLL_INTERVAL_MS - SECOND_LOOK_MS);
    });
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it('asks by itself until the first signal has arrived', () => {
    const reload = jest.fn();
    const signals = { subscribe: () => ({ unsubscribe: () => {} }) };
    renderHook(() => useLiveReload(reload), {
      wrapper: ({ children }: PropsWithChildren) => (
        <TestApiProvider apis={[[signalApiRef, signals]]}>
          {children}
        </TestApiProvider>
      ),
    });
    act(() => {
      jest.advanceTimersByTime(2 * POLL_INTERVAL_MS);
    });
    expect(reload).toHaveBeenCalledTimes(3);
  });

  it('asks once for many signals in a row, and seldom beside them', () => {
    const reload = jest.fn();
    let send: (message: object) => void = () => {};
    const signals = {
      subscribe: (_channel: string, onMessage: (message: any) => void) => {
        send = onMessage;
        return { unsubscribe: () => {} };
      },
    };
    renderHook(() => useLiveReload(reload), {
      wrapper: ({ children }: PropsWithChildren) => (
        <TestApiProvider apis={[[signalApiRef, signals]]}>
          {children}
        </TestApiProvider>
      ),
    });
    act(() => {
      jest.advanceTimersByTime(SECOND_LOOK_MS);
    });
    reload.mockClear();
    act(() => send({ changed: true }));
    act(() => send({ changed: true }));
    act(() => {
      jest.advanceTimersByTime(SAFETY_POLL_INTERVAL_MS - 1);
    });
    expect(reload).toHaveBeenCalledTimes(1);
    act(() => {
      jest.advanceTimersByTime(1);
    });
    expect(reload).toHaveBeenCalledTimes(2);
  });
});
