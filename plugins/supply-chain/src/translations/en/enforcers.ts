/** What other enforcers of the clusters say. */
export const enforcers = {
  title: 'Other enforcers',
  about:
    'As the enforcers in the clusters report it, each violation once for its workload. It changes no outcome of ours.',
  caption: 'Results of other enforcers, the worst first',
  column: {
    result: 'Result',
    policy: 'Policy',
    message: 'What it says',
    workload: 'Workload',
    observed: 'Reported',
  },
  result: {
    fail: 'Fails',
    error: 'Error',
    warn: 'Warning',
    pass: 'Pass',
    skip: 'Skipped',
  },
  count: '{{result}}: {{count}}',
  remediation: 'To do:',
  noSource: 'enforcer not named',
  onlyGood: 'Nothing fails.',
  onlyNotes: 'No results to show here.',
  showAll_one: 'Show {{count}} more',
  showAll_other: 'Show {{count}} more',
  showFewer: 'Show only what does not pass',
  notListed_one: '{{count}} more result is counted and not listed.',
  notListed_other: '{{count}} more results are counted and not listed.',
  notesTitle: 'Not shown',
  leftOut_one: '{{count}} result of {{source}}',
  leftOut_other: '{{count}} results of {{source}}',
};
