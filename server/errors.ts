/** What an HTTP answer says when it says no; a problem without a status does not compile. */
// prettier-ignore
export const statusOf = {
  'bad-vector':    400,
  'bad-message':   400,
  'to-oneself':    400,
  'bad-statement': 400,
  'bad-end':       400,
  'statement-time': 400,
  'unauthorized':  401,
  'forbidden':     403,
  'not-found':     404,
  'over':          410,
  'no-contact':    404,
  'no-recipient':  404,
  'inbox-full':    409,
  'too-large':     413,
  'proof-of-work': 428,
  'too-many-messages': 429,
  'too-many':      429,
  'wrong-hash':    422,
  'photo-bytes':   413,
  'photo-type':    415,
  'photo-size':    413,
  'photo-damaged': 422,
  'photo-metadata': 422,
  'photo-quota':   429,
  'photo-room':    503,
  'disk-low':      507,
  'busy':          503,
  'bad-form':      400,
  'storage':       503,
} as const
export type ProblemKind = keyof typeof statusOf
export interface Problem {
  readonly kind: ProblemKind
}
