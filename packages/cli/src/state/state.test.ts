import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryState, MemoryState } from '.';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'state-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe.each([
  ['MemoryState', async () => new MemoryState()],
  ['DirectoryState', () => DirectoryState.open(join(directory, 'new'), 'x')],
])('%s', (_, open) => {
  it('gives back what was set last', async () => {
    const state = await open();
    expect(await state.get('a')).toBeUndefined();
    await state.set('a', 'one');
    await state.set('a', 'two');
    await state.set('../b:/\0', 'three');
    expect(await state.get('a')).toBe('two');
    expect(await state.get('../b:/\0')).toBe('three');
  });
});

describe('DirectoryState', () => {
  it('remembers between runs, each collector its own', async () => {
    await (await DirectoryState.open(directory, 'one')).set('a', 'kept');
    const again = await DirectoryState.open(directory, 'one');
    const other = await DirectoryState.open(directory, 'other');
    expect(await again.get('a')).toBe('kept');
    expect(await other.get('a')).toBeUndefined();
  });

  it('leaves whole files only, readable by their owner', async () => {
    const state = await DirectoryState.open(directory, 'x');
    await Promise.all(['1', '2', '3'].map(value => state.set('a', value)));
    const files = await readdir(join(directory, 'x'));
    expect(files).toHaveLength(1);
    const { mode } = await stat(join(directory, 'x', files[0]));
    expect(mode & 0o777).toBe(0o600);
    expect(['1', '2', '3']).toContain(await state.get('a'));
  });

  it('says so when the folder is a file', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(
      DirectoryState.open(join(directory, 'file'), 'x'),
    ).rejects.toThrow(/the state folder ".*" cannot be used/);
  });

  it('does not take what it cannot read for nothing', async () => {
    const state = await DirectoryState.open(directory, 'x');
    await rm(join(directory, 'x'), { recursive: true });
    await writeFile(join(directory, 'x'), '');
    await expect(state.get('a')).rejects.toThrow('ENOTDIR');
  });
});
