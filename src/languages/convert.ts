/**
 * Traditional Chinese out of Simplified, when the site is built. Characters by the Taiwan norm; whole words only where
 * `content/zh-hant.json` says so, since the dictionary's own words turn a "published" listing into a "released" one.
 */
import { Converter } from 'opencc-js/cn2t'
import overrides from '../../content/zh-hant.json' with { type: 'json' }

const converted = Converter({ from: 'cn', to: 'tw' })
const byNorm = (text: string): string => converted(text).replaceAll('\u81fa', '\u53f0') // hardly anybody writes the first of the two, which the norm wants
const longestFirst = Object.keys(overrides).sort((a, b) => b.length - a.length)
const overridden = new RegExp(`(${longestFirst.join('|')})`)

/** Every second piece is a word of the override file. */
export const hantOf = (text: string): string =>
  text
    .split(overridden)
    .map((piece, i) => (i % 2 === 1 ? (overrides as Readonly<Record<string, string>>)[piece] : byNorm(piece)))
    .join('')

/** Every text within, as in the front matter of a guide. */
export const allHant = <T>(value: T): T =>
  typeof value === 'string' ? (hantOf(value) as T) : withParts(value, (part) => allHant(part))

/** Content whose `Words` also say themselves in Traditional Chinese; what was written by hand stays. */
export function withHant<T>(value: T): T {
  const made = withParts(value, (part) => withHant(part))
  const { zh, en } = (made ?? {}) as { readonly zh?: unknown; readonly en?: unknown }
  return typeof zh === 'string' && typeof en === 'string' ? { hant: hantOf(zh), ...made } : made
}

/** The same array or plain object with other parts; anything else, a date among it, as it is. */
function withParts<T>(value: T, change: (part: unknown) => unknown): T {
  if (Array.isArray(value)) return value.map(change) as T
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part)])) as T
}
