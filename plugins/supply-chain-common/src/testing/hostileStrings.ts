/** What reports, registries and tickets may hold (L32): run through everything that is exported. */
export const HOSTILE_STRINGS = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  '[click](javascript:alert(1))',
  // eslint-disable-next-line no-script-url -- it is what must be refused
  'javascript:alert(1)',
  'https://good.example@evil.example/',
  'safe\u202egnp.exe',
  'zero\u200bwidth',
  'line\nbreak\r\ttab',
  'bell\u0007and\u001b[31mescape',
  '=HYPERLINK("https://evil.example","x")',
  '+1+1',
  '@SUM(A1)',
  '-2+3',
  '\uff1d1+1',
  '$(reboot) `reboot` ; reboot',
  'quote\'quote"quote',
  '$t(action.copy) {{count}}',
  '\u{e0041}tag',
];
