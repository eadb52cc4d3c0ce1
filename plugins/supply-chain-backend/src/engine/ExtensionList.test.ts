import { ExtensionList } from './ExtensionList';

describe('ExtensionList', () => {
  it('takes each id once for each kind', () => {
    const list = new ExtensionList();
    const feed = { id: 'one', run: async () => undefined };
    const collector = { id: 'one', kinds: [], collect: async () => [] };
    list.addInventoryFeed(feed, { ...feed, id: 'two' });
    list.addEvidenceFeed(feed);
    list.addPolicyReportFeed(feed);
    list.addCollector(collector);
    expect(() => list.addInventoryFeed(feed)).toThrow(
      "The inventory feed 'one' has been added before; expected each id once",
    );
    expect(() => list.addEvidenceFeed(feed)).toThrow('evidence feed');
    expect(() => list.addPolicyReportFeed(feed)).toThrow('policy report feed');
    expect(() => list.addCollector(collector)).toThrow('evidence collector');
    expect(list.lists().inventoryFeeds.map(({ id }) => id)).toEqual([
      'one',
      'two',
    ]);
  });
});
