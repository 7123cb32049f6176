/**
 * One full lunr index over documents, cut by our tokenizer. Which documents answer is decided by the query's needs, all of them
 * (domain/text.ts); lunr gives the score. Its own query syntax is never used: it throws on `8:30`.
 */
import lunr from 'lunr'
import { queryNeeds, textTokens, titleTokens, type Need } from '#domain/text.ts'
import type { SearchDocument } from './document.ts'

export interface WordIndex {
  /** Best first: score (rounded to 1e-9, so that ties are ties on every machine), then newest, then id. */
  find(query: string, keep: (document: SearchDocument) => boolean): readonly SearchDocument[]
}

// prettier-ignore
const fields: Readonly<Record<string, { readonly boost: number; readonly extractor: (document: object) => readonly string[] }>> = {
  title:  { boost: 5, extractor: (document) => cut(document as SearchDocument).title },
  text:   { boost: 1, extractor: (document) => cut(document as SearchDocument).text },
  labels: { boost: 1, extractor: (document) => cut(document as SearchDocument).labels },
}

export function buildIndex(documents: readonly SearchDocument[]): WordIndex {
  const byId = new Map(documents.map((document) => [document.id, document]))
  const builder = new lunr.Builder() // a bare one: no trimmer, stop words or stemmer
  builder.ref('id')
  for (const [name, { boost, extractor }] of Object.entries(fields))
    builder.field(name, { boost, extractor: (document) => [...extractor(document)] })
  for (const document of byId.values()) builder.add(document)
  const index = builder.build()
  const postings = builder.invertedIndex as Postings
  return {
    find(query, keep) {
      const needs = queryNeeds(query)
      const answering = answeringIn(postings, needs)
      const tokens = new Set(needs.flatMap(({ ways }) => ways.flat()).filter((token) => token in postings))
      if (answering.size === 0) return []
      return index
        .query((asked) => {
          for (const term of tokens) asked.term(term, { usePipeline: false })
        })
        .flatMap(({ ref, score }) => {
          const document = answering.has(ref) ? byId.get(ref) : undefined
          return document && keep(document) ? [{ document, score: Math.round(score * 1e9) }] : []
        })
        .sort((a, b) => b.score - a.score || b.document.at - a.document.at || (a.document.id < b.document.id ? -1 : 1))
        .map(({ document }) => document)
    },
  }
}

/** lunr's inverted index: term -> `_index`, and per field the documents that hold it. No object in it has a prototype. */
type Postings = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>

/** The documents that meet every need. */
function answeringIn(postings: Postings, needs: readonly Need[]): ReadonlySet<string> {
  const sets = needs.map(
    ({ ways }) => new Set(ways.flatMap((way) => [...intersection(way.map((token) => holdersOf(postings, token)))])),
  )
  return intersection(sets)
}

const holdersOf = (postings: Postings, token: string): ReadonlySet<string> =>
  new Set(Object.keys(fields).flatMap((field) => Object.keys(postings[token]?.[field] ?? {})))

/** Smallest first, so the work is that of the rarest word. */
function intersection(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first, ...rest] = [...sets].sort((a, b) => a.size - b.size)
  return new Set([...(first ?? [])].filter((id) => rest.every((set) => set.has(id))))
}

interface Cut {
  readonly title: readonly string[]
  readonly text: readonly string[]
  readonly labels: readonly string[]
}

/** A document is cut once, however often the index is built again. */
const cuts = new WeakMap<SearchDocument, Cut>()

function cut(document: SearchDocument): Cut {
  const known = cuts.get(document)
  if (known) return known
  const { title, text, labels } = document
  const made = { title: titleTokens(title), text: textTokens(text), labels: textTokens(labels) }
  cuts.set(document, made)
  return made
}
