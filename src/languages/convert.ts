/**
 * Traditional Chinese out of Simplified, when the site is built. Characters by the Taiwan norm; whole words only where
 * `content/zh-hant.json` says so, since the dictionary's own words turn a "published" listing into a "released" one.
 */
import { Converter } from 'opencc-js/cn2t'
import overrides from '../../content/zh-hant.json' with { type: 'json' }

const byNorm = Converter({ from: 'cn', to: 'tw' })
const longestFirst = Object.keys(overrides).sort((a, b) => b.length - a.length)
const overridden = new RegExp(`(${longestFirst.join('|')})`)

/** Every second piece is a word of the override file. */
export const hantOf = (text: string): string =>
  text
    .split(overridden)
    .map((piece, i) => (i % 2 === 1 ? (overrides as Readonly<Record<string, string>>)[piece] : byNorm(piece)))
    .join('')

/** Every text within, as in the front matter of a guide. */
export const allHant = <T>(value: T): T => mapped(value, (text) => hantOf(text))

/** Content whose `Words` also say themselves in Traditional Chinese; what was written by hand stays. */
export function withHant<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withHant) as T
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withHant(part)]))
  const { zh, en } = parts as { readonly zh?: unknown; readonly en?: unknown }
  return (typeof zh === 'string' && typeof en === 'string' ? { hant: hantOf(zh), ...parts } : parts) as T
}

function mapped<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((part) => mapped(part, change)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapped(part, change)])) as T
}
