import { get as httpGet } from 'node:http';
import { AddressInfo } from 'node:net';
import express, { ErrorRequestHandler } from 'express';
import request from 'supertest';
import { ExportFormat } from 'backstage-plugin-supply-chain-common';
import { ExportedRows } from './ExportService';
import { sendExport } from './sendExport';

type Row = { text: string };

/** An app that exports, and what became of that: nothing when it went well. */
function exporting(
  rowsFor: (response: express.Response) => ExportedRows<Row>,
  format: ExportFormat = 'csv',
) {
  const app = express();
  const ended = new Promise<unknown>(resolve => {
    app.get('/', (_req, response, next) => {
      const sent = sendExport<Row>({
        response,
        format,
        of: ['some rows'],
        table: { text: row => row.text },
        rows: rowsFor(response),
      });
      sent.then(resolve, error => {
        resolve(error);
        next(error);
      });
    });
  });
  const answerError: ErrorRequestHandler = (error, _req, res, next) =>
    res.headersSent ? next(error) : res.status(404).json(error.message);
  return { app: app.use(answerError), ended };
}

describe('sendExport', () => {
  it.each([
    ['csv' as const, 'text/csv', '"text"\r\n"a"\r\n"b"\r\n'],
    [
      'json' as const,
      'application/json',
      '[\n  {\n    "text": "a"\n  },\n  {\n    "text": "b"\n  }\n]\n',
    ],
  ])('sends %s for saving', async (format, type, content) => {
    const { app, ended } = exporting(async function* rows() {
      yield [{ text: 'a' }];
      yield [{ text: 'b' }];
    }, format);
    const { status, headers, body } = await request(app)
      .get('/')
      .buffer()
      .parse((response, done) => {
        let text = '';
        response.on('data', piece => (text += piece));
        response.on('end', () => done(null, text));
      });
    expect(status).toBe(200);
    expect(body).toBe(content);
    expect(headers).toMatchObject({
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="supply-chain-some-rows.${format}"`,
      'cache-control': 'no-store',
    });
    expect(await ended).toBeUndefined();
  });

  it('answers with the error when nothing has been sent', async () => {
    const { app } = exporting(async function* rows() {
      throw new Error('not found');
    });
    const { status, headers, body } = await request(app).get('/');
    expect([status, body]).toEqual([404, 'not found']);
    expect(headers).not.toHaveProperty('content-disposition');
  });

  it('breaks off instead of ending when the rest cannot be read', async () => {
    const { app, ended } = exporting(async function* rows() {
      yield [{ text: 'a' }];
      throw new Error('the database is gone');
    });
    await expect(request(app).get('/')).rejects.toThrow(/aborted|hang up/);
    expect(await ended).toMatchObject({ message: 'the database is gone' });
  });

  it('reads no further when the caller has left', async () => {
    const read: string[] = [];
    let isReleased = false;
    const { app, ended } = exporting(async function* rows(response) {
      const left = new Promise(resolve => response.once('close', resolve));
      try {
        yield [{ text: 'a' }];
        await left;
        for (const text of ['b', 'c']) {
          read.push(text);
          yield [{ text }];
        }
      } finally {
        isReleased = true;
      }
    });
    const server = app.listen(0);
    try {
      const { port } = server.address() as AddressInfo;
      const caller = httpGet({ port }, response =>
        response.once('data', () => caller.destroy()),
      ).on('error', () => {});
      expect(await ended).toMatchObject({
        message: 'The caller left before the export was complete',
      });
    } finally {
      server.close();
    }
    expect(read).toEqual(['b']);
    expect(isReleased).toBe(true);
  });
});
