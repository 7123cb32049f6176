/** What an HTTP answer says when it says no; a problem without a status does not compile. */
// prettier-ignore
export const statusOf = {
  'bad-vector':    400,
  'bad-statement': 400,
  'statement-time': 400,
  'unauthorized':  401,
  'forbidden':     403,
  'not-found':     404,
  'over':          410,
  'no-contact':    404,
  'too-many':      429,
  'storage':       503,
} as const
export type ProblemKind = keyof typeof statusOf
export interface Problem {
  readonly kind: ProblemKind
}
