/** Who posts: apart from the profile's schema, so that a card need not carry one. */
export const posterKinds = ['person', 'sole-trader', 'company'] as const
export type PosterKind = (typeof posterKinds)[number]
export const isPosterKind = (text: string): text is PosterKind => (posterKinds as readonly string[]).includes(text)
