/** What a page that answers for a contact or a report says over HTTP; the JSON answer has the same statuses. */
// prettier-ignore
const statuses: Readonly<Record<string, number>> = {
  'not-found':  404,
  'no-contact': 404,
  'over':       410,
  'too-many':   429,
  'too-large':  413,
  'bad-form':   400,
  'unauthorized': 401,
  'storage':    503,
}

export const contactStatusOf = (problem: string): number => statuses[problem] ?? 503
