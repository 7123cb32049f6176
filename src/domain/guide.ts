/** What a guide says of itself: what it helps with, whom it is for, which kinds of business it is about, where it leads. */

/** In the order in which they stand on the page of all guides. */
export const guideGroups = [
  'after-sales', // what one is entitled to
  'steps', // how to get it
  'business',
  'daily',
  'portal',
] as const
export type GuideGroup = (typeof guideGroups)[number]

export const audiences = ['customer', 'business', 'resident'] as const

export const businessKinds = [
  'shop',
  'online-shop',
  'phone-maker',
  'car-dealer',
  'used-car-seller',
  'landlord',
  'employer',
] as const

/** A how-to is read from its first part to its last; an article in any order. */
export const guideForms = ['article', 'how-to'] as const

/** Pages of the portal a guide may lead to. */
export const guidePages = ['post', 'me', 'rules', 'links', 'phones', 'notices', 'about'] as const
export const guideCategories = ['c/goods', 'c/vehicles', 'c/jobs', 'c/housing'] as const
export type GuidePlace = (typeof guidePages)[number] | (typeof guideCategories)[number]
