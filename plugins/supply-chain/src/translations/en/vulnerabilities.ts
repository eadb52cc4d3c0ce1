/** What scans found, and the page of the vulnerabilities of everything that runs. */
export const vulnerabilities = {
  none: 'No findings',
  fixable_one: '{{count}} fixable',
  fixable_other: '{{count}} fixable',
  setAside_one: '{{count}} set aside by VEX',
  setAside_other: '{{count}} set aside by VEX',
  scanned: 'scanned',
  notScanned: 'No scan for this digest.',
  notScannedHow:
    'Install Trivy Operator in the cluster, or see why it skips the workload.',
  title: 'Vulnerabilities',
  hint: 'What scans found in everything that runs, known exploited and worst first',
  caption: 'Vulnerabilities of everything that runs',
  search: 'CVE, advisory or title',
  empty: 'No vulnerability in what was scanned.',
  column: {
    runsIn: 'Runs in',
    service: 'Service',
    image: 'Image',
    clusters: 'Clusters',
    package: 'Package',
    due: 'Due',
  },
  hasFix: 'available',
  inServices_one: '{{count}} service',
  inServices_other: '{{count}} services',
  atLeast: '{{number}} images or more',
  unscanned_one:
    '{{count}} running image was not scanned: what it holds is not in this list.',
  unscanned_other:
    '{{count}} running images were not scanned: what they hold is not in this list.',
  showUnscanned: 'Show services with images that were not scanned',
  whereElse: 'Where else it runs',
  whereElseOf: 'Where else it runs: {{id}}',
  one: {
    back: 'All vulnerabilities',
    runsIn: 'Runs in {{images}} of {{services}}',
    runsInNoService: 'Runs in {{images}} of no service',
    nowhere: 'In no image that was scanned',
    nowhereOfOwner: 'In no image of this owner that was scanned',
    andUnscanned_one:
      '{{places}}; {{count}} running image was not scanned and may have it.',
    andUnscanned_other:
      '{{places}}; {{count}} running images were not scanned and may have it.',
    allScanned: '{{places}}.',
  },
  places: {
    title: 'Where it runs',
    caption: 'Services and images that have {{id}}',
    none: 'No scanned image that you may see has it.',
    noService: 'belongs to no service',
    upgrade: '{{installed}} → {{fixed}}',
    overdue: 'overdue',
  },
};
