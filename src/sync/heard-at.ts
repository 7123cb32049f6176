/** Under this key, beside a room's document, lies when the relay was last heard of it, in ms as text. */
export const heardAtKey = 'heardAt'
