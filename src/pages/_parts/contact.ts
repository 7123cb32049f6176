/** What a page that answers for a contact says over HTTP; the JSON answer has the same statuses. */
// prettier-ignore
const statuses: Readonly<Record<string, number>> = {
  'not-found':  404,
  'no-contact': 404,
  'over':       410,
  'too-many':   429,
  'storage':    503,
}

export const contactStatusOf = (problem: string): number => statuses[problem] ?? 503
