/** What `LIKE … ESCAPE '\'` wants for "contains": wildcards in what somebody typed are text, not wildcards. */
export function containing(text: string): string {
  return `%${text.toLocaleLowerCase('en-US').replace(/[\\%_]/g, '\\$&')}%`;
}
