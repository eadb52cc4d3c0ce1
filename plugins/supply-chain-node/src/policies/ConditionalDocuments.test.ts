import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConditionalDocuments } from './ConditionalDocuments';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

describe('ConditionalDocuments', () => {
  let folder: string;
  let documents: ConditionalDocuments;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'documents-'));
    documents = ConditionalDocuments.create();
  });

  afterEach(async () => {
    await documents.close();
    await rm(folder, { recursive: true });
  });

  it('reads a file once, and again when it changed', async () => {
    const path = join(folder, 'kev.json');
    const source = { type: 'file', path } as const;
    await writeFile(path, 'one');
    const first = await documents.read(source, { maxBytes: 10 });
    if (first.status !== 'read') {
      throw new Error(first.status);
    }
    expect(text(first.bytes)).toBe('one');
    const again = { known: first.validators, maxBytes: 10 };
    expect(await documents.read(source, again)).toEqual({
      status: 'unchanged',
    });
    await writeFile(path, 'two');
    await utimes(path, 1, 1);
    expect(await documents.read(source, again)).toMatchObject({
      status: 'read',
    });
  });

  it('says why a file cannot be read', async () => {
    const path = join(folder, 'kev.json');
    const source = { type: 'file', path } as const;
    expect(await documents.read(source, { maxBytes: 10 })).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('ENOENT'),
    });
    await writeFile(path, 'too much of it');
    expect(await documents.read(source, { maxBytes: 10 })).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('at most 10 bytes'),
    });
  });

  describe('from an address', () => {
    let server: Server;
    let asked: (string | undefined)[];
    let status: number;

    beforeEach(async () => {
      asked = [];
      status = 200;
      server = createServer((request, response) => {
        asked.push(request.headers['if-none-match']);
        if (request.headers['if-none-match'] === '"1"') {
          response.writeHead(304).end();
        } else {
          response.writeHead(status, { etag: '"1"', 'last-modified': 'then' });
          response.end('document');
        }
      });
      await new Promise<void>(done => {
        server.listen(0, '127.0.0.1', done);
      });
    });

    afterEach(async () => {
      await new Promise(done => {
        server.close(done);
      });
    });

    const local = () => {
      const { port } = server.address() as AddressInfo;
      const host = `127.0.0.1:${port}`;
      return {
        source: { type: 'url', url: `http://${host}/kev.json` } as const,
        reader: ConditionalDocuments.create({
          registries: [{ host, insecure: true, allowPrivateAddress: true }],
        }),
      };
    };

    it('asks whether it changed', async () => {
      const { source, reader } = local();
      const first = await reader.read(source, { maxBytes: 10 });
      expect(first).toMatchObject({
        status: 'read',
        validators: { etag: '"1"', lastModified: 'then' },
      });
      expect(
        await reader.read(source, { known: { etag: '"1"' }, maxBytes: 10 }),
      ).toEqual({ status: 'unchanged' });
      expect(asked).toEqual([undefined, '"1"']);
      await reader.close();
    });

    it('takes neither too much nor what is no answer', async () => {
      const { source, reader } = local();
      expect(await reader.read(source, { maxBytes: 3 })).toMatchObject({
        status: 'failed',
      });
      status = 503;
      expect(await reader.read(source, { maxBytes: 10 })).toMatchObject({
        status: 'failed',
        message: expect.stringContaining('503'),
      });
      await reader.close();
    });

    it('is not asked where it is plain http or private and nobody said so (L30)', async () => {
      expect(
        await documents.read(local().source, { maxBytes: 10 }),
      ).toMatchObject({ status: 'failed' });
      expect(asked).toEqual([]);
    });
  });
});
