import { PassThrough } from 'node:stream';
import type { Request, Response } from 'express';
import { readBody } from './readBody';

describe('a body that is sent too slowly', () => {
  it('is given up with 408, and no more of it is kept', async () => {
    const req = Object.assign(new PassThrough(), { header: () => undefined });
    const res = { setHeader: jest.fn() };
    req.write('{');
    await expect(
      readBody({
        req: req as unknown as Request,
        res: res as unknown as Response,
        maxBytes: 100,
        timeoutMs: 1,
      }),
    ).rejects.toMatchObject({
      statusCode: 408,
      message: 'Expected the whole body within 0.001 s',
    });
    expect(req.listenerCount('data')).toBe(0);
    expect(res.setHeader).toHaveBeenCalledWith('Connection', 'close');
  });
});
