import { FactFields, FactType } from '../facts/factTypes';
import { FactMap } from './FactMap';

const FIELDS: FactFields = {
  name: { type: { kind: 'string' }, description: 'A text.' },
  size: { type: { kind: 'int' }, description: 'A number.' },
  missing: { type: { kind: 'string' }, description: 'Not there.' },
  unset: { type: { kind: 'string' }, description: 'Written as undefined.' },
};

describe('FactMap', () => {
  const convert = jest.fn((type: FactType, value: unknown) =>
    type.kind === 'int' ? BigInt(value as number) : (value as string),
  );
  const map = new FactMap({
    fields: FIELDS,
    value: { name: 'web', size: 3, unset: undefined, undescribed: 'secret' },
    convert,
  });

  beforeEach(() => convert.mockClear());

  it('converts what is read, and only that', () => {
    expect(map.get('size')).toBe(3n);
    expect(convert).toHaveBeenCalledTimes(1);
  });

  it('has what is described and there', () => {
    const names = [...Object.keys(FIELDS), 'undescribed', 'constructor'];
    expect(names.filter(name => map.has(name))).toEqual(['name', 'size']);
    expect(map.get('undescribed')).toBeUndefined();
    expect(map.get('constructor')).toBeUndefined();
    expect(convert).not.toHaveBeenCalled();
  });

  it('lists the same as a map', () => {
    const entries = [
      ['name', 'web'],
      ['size', 3n],
    ];
    expect(map.size).toBe(2);
    expect([...map]).toEqual(entries);
    expect([...map.keys()]).toEqual(['name', 'size']);
    expect([...map.values()]).toEqual(['web', 3n]);
    const seen: unknown[] = [];
    map.forEach((value, name) => seen.push([name, value]));
    expect(seen).toEqual(entries);
  });
});
