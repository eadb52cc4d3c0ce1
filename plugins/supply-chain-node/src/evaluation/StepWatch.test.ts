import { EvaluationProgress } from './EvaluationProgress';
import { StepWatch } from './StepWatch';

describe('StepWatch', () => {
  const progress = new EvaluationProgress(EvaluationProgress.allocate());
  const onSlow = jest.fn();
  let watch: StepWatch;

  beforeEach(() => {
    jest.useFakeTimers();
    onSlow.mockReset();
    progress.idle();
  });

  afterEach(() => {
    watch.stop();
    jest.useRealTimers();
  });

  function start(processorMs?: () => Promise<number>): void {
    watch = StepWatch.start({
      progress,
      deadlines: { ruleDeadlineMs: 250, deadlineMs: 1000 },
      ...(processorMs && { processorMs }),
      onSlow,
    });
  }

  it('counts by the clock where nobody knows of the processor', async () => {
    start();
    progress.rule(3);
    await jest.advanceTimersByTimeAsync(260);
    expect(onSlow).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(40);
    expect(onSlow).toHaveBeenCalledWith('no step further within 250 ms');
  });

  it('begins anew with each step', async () => {
    start();
    for (let rule = 0; rule < 10; rule += 1) {
      progress.rule(rule);
      await jest.advanceTimersByTimeAsync(200);
    }
    progress.between();
    await jest.advanceTimersByTimeAsync(900);
    expect(onSlow).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(200);
    expect(onSlow).toHaveBeenCalledWith('no step further within 1000 ms');
  });

  it('waits for a thread that has no processor, but not for ever', async () => {
    start(async () => 5);
    progress.rule(0);
    await jest.advanceTimersByTimeAsync(900);
    expect(onSlow).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(200);
    expect(onSlow).toHaveBeenCalled();
  });

  it('does not wait for one that has it', async () => {
    start(async () => performance.now());
    progress.rule(0);
    await jest.advanceTimersByTimeAsync(350);
    expect(onSlow).toHaveBeenCalled();
  });

  it('waits for a thread that starts, and for one that ended hears nothing', async () => {
    start(() => Promise.reject(new Error('the thread ended')));
    await jest.advanceTimersByTimeAsync(20_000);
    progress.rule(0);
    await jest.advanceTimersByTimeAsync(400);
    expect(onSlow).not.toHaveBeenCalled();
  });
});
