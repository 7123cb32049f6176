/** Large letters, chosen with one tap, kept in the browser and on a person's other ones; the page's root element says which, before anything is painted. */
export type TextSize = 'plain' | 'large'

/** Of localStorage. */
export const textSizeKey = 'xxg/text'

/** Stands in the head of every page; the build allows it by its hash. Storage that is blocked leaves letters plain. */
export const textSizeScript = `try{document.documentElement.dataset.text=localStorage.getItem('${textSizeKey}')==='large'?'large':'plain'}catch{}`
