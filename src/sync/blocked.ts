/** Whose messages somebody does not take: this map of the private workspace, did → since when, ms. */
export const blockedMap = 'messages-blocked'
