import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { ClusterReadError } from '../ClusterReadError';
import { parseList } from '../listItems';
import { usableObjects } from '../usableObjects';
import {
  bodyOf,
  lateListOf,
  listOf,
  METADATA,
  objectNamed,
  reading,
} from './__testUtils__/reading';

// A thread reads the sources anew.
jest.setTimeout(60_000);

const LARGE = 8 * 1024 * 1024 + 1;

describe('a list that a thread reads', () => {
  it.each([
    ['its metadata first', listOf],
    ['its metadata last', lateListOf],
    [
      'more bytes than are parsed at once',
      (...items: unknown[]) => listOf(...items).padEnd(LARGE, ' '),
    ],
    [
      'more bytes than are parsed at once and its metadata last',
      (...items: unknown[]) => lateListOf(...items).padEnd(LARGE, ' '),
    ],
  ])('says the same as one read here, with %s', async (_, textOf) => {
    const objects = [
      objectNamed('web', { report: { findings: ['"items":[{'] } }),
      objectNamed('über\u2028', { kind: undefined }),
      { metadata: { name: 'node', uid: 'u', resourceVersion: '1' } },
    ];
    const text = textOf(...objects);
    const { items: whole, ...head } = await parseList(bodyOf(text));
    const { read, prepared } = reading();
    const page = await read(text);
    const items = await page.items;
    expect({ ...page, items }).toEqual({
      ...head,
      items: whole.map(each => {
        const { apiVersion, kind, metadata } = each as KubernetesObject;
        return { apiVersion, kind, metadata };
      }),
    });
    expect(head).toMatchObject({ resourceVersion: '7', continueToken: 'next' });
    expect(await prepared(Promise.resolve(page))).toEqual(
      objects.map(({ metadata: { name } }) => ({
        name,
        context: 'of the page',
        thread: expect.any(Number),
        shared: { page: true },
      })),
    );
  });

  it('hands over of its objects only what tells which they are', async () => {
    const metadata = {
      ...objectNamed('web').metadata,
      labels: { app: 'web' },
      managedFields: [{}],
    };
    const { read } = reading();
    const page = await read(listOf(objectNamed('web', { metadata, spec: {} })));
    expect(await page.items).toEqual([objectNamed('web')]);
  });

  it('shares what the objects of a page have in common', async () => {
    const { read, prepared } = reading();
    const text = listOf(objectNamed('web'), objectNamed('api'));
    const [web, api] = await prepared(read(text));
    expect(web?.shared).toEqual({ page: true });
    expect(api?.shared).toBe(web?.shared);
    const [other] = await prepared(read(text));
    expect(other?.shared).not.toBe(web?.shared);
  });

  it('may be empty', async () => {
    const { read } = reading();
    expect(await (await read(listOf())).items).toEqual([]);
  });

  it('has items refused that are no objects', async () => {
    const { read, prepared } = reading();
    const page = read(
      listOf(
        null,
        1,
        'text',
        [],
        {},
        { metadata: { name: 'web' } },
        objectNamed('web'),
      ),
    );
    const items = await (await page).items;
    const { objects, problems } = usableObjects(items, { accepts: () => true });
    expect(objects).toEqual([objectNamed('web')]);
    expect(problems).toEqual(
      Array.from({ length: 6 }, () => ({
        reason: 'malformedAnswer',
        message: 'a listed object has no name, uid or resourceVersion',
      })),
    );
    expect((await prepared(page)).filter(Boolean)).toHaveLength(1);
  });

  it('has its bytes handed over, unless they share their memory', async () => {
    const { thread } = reading();
    const parse = thread.parser(() => undefined);
    const text = listOf(objectNamed('web'));
    const alone = bodyOf(text);
    const around = Buffer.alloc(text.length + 9);
    const part = around.subarray(4, 4 + text.length);
    part.write(text);
    for (const body of [alone, part]) {
      const page = await parse(body);
      expect(page.bytes).toBe(text.length);
      expect(await page.items).toEqual([objectNamed('web')]);
    }
    expect(alone).toHaveLength(0);
    expect(part.toString()).toBe(text);
  });

  it('is prepared in the context of its time', async () => {
    const { thread, prepared } = reading();
    let time = 0;
    const parse = thread.parser(() => {
      time += 1;
      return { time };
    });
    const pages = [1, 2].map(() => parse(bodyOf(listOf(objectNamed('web')))));
    const contexts = await Promise.all(
      pages.map(async page => (await prepared(page))[0]?.context),
    );
    expect(contexts).toEqual([{ time: 1 }, { time: 2 }]);
  });
});

describe('what a list says of itself', () => {
  it('is known before its objects are', async () => {
    const { read } = reading();
    const page = await read(listOf(objectNamed('web', { misbehave: 'throw' })));
    expect(page).toMatchObject({ resourceVersion: '7', continueToken: 'next' });
    await expect(page.items).rejects.toThrow('cannot prepare');
  });

  it.each([
    ['another version', { ...METADATA, resourceVersion: '8' }],
    ['another continuation', { ...METADATA, continue: 'other' }],
    ['no continuation', { resourceVersion: '7' }],
  ])('is refused when it says %s at its end', async (_, metadata) => {
    const text = listOf(objectNamed('web'));
    const { read } = reading();
    const end = `,"metadata":${JSON.stringify(metadata)}}`;
    const page = await read(text.replace(/}$/, () => end));
    await expect(page.items).rejects.toMatchObject({
      reason: 'malformedAnswer',
      message: 'the list says two things of itself',
    });
  });

  it('may be said twice', async () => {
    const text = listOf(objectNamed('web'));
    const { read } = reading();
    const end = `,"metadata":${JSON.stringify(METADATA)}}`;
    const page = await read(text.replace(/}$/, () => end));
    expect(await page.items).toEqual([objectNamed('web')]);
  });
});

describe('a list that cannot be read', () => {
  const broken = {
    reason: 'malformedAnswer',
    message: 'the list is not JSON',
  };

  it('is refused where its objects are waited for', async () => {
    const { read } = reading();
    const page = await read(`${listOf(objectNamed('web')).slice(0, -2)}`);
    await expect(page.items).rejects.toBeInstanceOf(ClusterReadError);
    await expect(page.items).rejects.toMatchObject(broken);
  });

  it('is refused at once when nothing was known of it', async () => {
    const { read } = reading();
    await expect(read(lateListOf().slice(0, -2))).rejects.toMatchObject(broken);
    await expect(read('')).rejects.toMatchObject(broken);
    await expect(read('{"items":[]}')).rejects.toMatchObject({
      reason: 'malformedAnswer',
      message: 'the list has no resourceVersion',
    });
  });

  it('troubles nobody who does not wait for it', async () => {
    const { read } = reading();
    await read(listOf(objectNamed('web')).slice(0, -2));
    expect(await (await read(listOf())).items).toEqual([]);
  });
});

describe('what a thread made', () => {
  it('is by the object, whatever fields that has', async () => {
    const { thread, read, prepared } = reading();
    const hostile = JSON.parse(
      `{"prepared":{"name":"forged"},"__proto__":{"name":"forged"},${JSON.stringify(
        objectNamed('web'),
      ).slice(1)}`,
    );
    const [made] = await prepared(read(listOf(hostile)));
    expect(made).toMatchObject({ name: 'web', context: 'of the page' });
    expect(thread.preparedOf(hostile)).toBeUndefined();
  });

  it('is nothing for objects of a small list, which is read here', async () => {
    const { read, prepared } = reading({
      // No thread starts from it.
      file: '/nowhere/worker.js',
      threadFromBytes: undefined,
    });
    const object = objectNamed('web', { prepared: { name: 'forged' } });
    const page = await read(listOf(object));
    expect(page.items).toEqual([object]);
    expect(await prepared(Promise.resolve(page))).toEqual([undefined]);
  });

  it('is asked of it from a size on', async () => {
    const text = listOf(objectNamed('web'));
    const made = async (threadFromBytes: number) => {
      const { read, prepared } = reading({ threadFromBytes });
      return (await prepared(read(text)))[0];
    };
    expect(await made(text.length + 1)).toBeUndefined();
    expect(await made(text.length)).toMatchObject({ name: 'web' });
  });
});
