/** lunr's scores for the entries that answer: by lunr itself for a few, by its formula over typed arrays for many. Equal to 1e-9. */
import lunr from 'lunr'
import { fieldBoosts, fieldCount, searchFields, type Postings } from '#domain/posting.ts'
import { occurrencesOf, type Collection } from './collection.ts'

/** One term of a lunr query: in these fields (by number), with this boost. */
export interface ScoredTerm {
  readonly term: string
  readonly boost: number
  readonly fields: readonly number[]
}

export interface Scoring {
  readonly collection: Pick<Collection, 'count' | 'end' | 'averages'>
  readonly postings: ReadonlyMap<string, Postings>
  readonly terms: readonly ScoredTerm[]
}

/** Above this many candidates lunr's objects cost more than they are worth. */
export const mostForLunr = 2_000

/** @param docs ascending @returns their scores, in the same order, rounded to 1e-9 so that ties are ties on every machine */
export const scoresOf = (scoring: Scoring, docs: Uint32Array): Float64Array =>
  (docs.length > mostForLunr ? typedScores(scoring, docs) : lunrScores(scoring, docs)).map(
    (score) => Math.round(score * 1e9) / 1e9,
  )

/** A lunr index of just these terms and entries, told the figures of the whole collection. */
export function lunrScores({ collection, postings, terms }: Scoring, docs: Uint32Array): Float64Array {
  const builder = new lunr.Builder() as unknown as OpenBuilder
  builder.ref('id')
  for (const name of searchFields) builder.field(name, { boost: fieldBoosts[name] })
  builder.documentCount = collection.count
  builder.calculateAverageFieldLengths = () => {
    builder.averageFieldLength = Object.fromEntries(searchFields.map((name, f) => [name, collection.averages[f] ?? 0]))
  }
  const placeOf = new Map(Array.from(docs, (doc, i) => [doc, i]))
  // oxlint-disable-next-line eslint/no-underscore-dangle -- lunr has no other name for it
  for (const doc of docs) builder._documents[doc] = {}
  for (const [index, [term, held]] of [...postings].entries()) {
    const inFields: Record<string, Record<string, object>> = Object.create(null)
    for (const name of searchFields) inFields[name] = Object.create(null) as Record<string, object>
    let inside = 0
    held.ordinals.forEach((doc, i) => {
      if (!placeOf.has(doc)) return
      searchFields.forEach((name, f) => {
        const frequency = held.frequencies[f]?.[i] ?? 0
        if (frequency === 0) return
        inside++
        const ref = `${name}/${doc}`
        ;(inFields[name] as Record<string, object>)[doc] = {}
        ;(builder.fieldTermFrequencies[ref] ??= Object.create(null) as Record<string, number>)[term] = frequency
        builder.fieldLengths[ref] = held.lengths[f]?.[i] ?? 0
      })
    })
    // lunr counts a term's documents by the keys of its fields: this one is no field, it holds the count of all others
    inFields['elsewhere'] = new Uint8Array(occurrencesOf(held) - inside) as unknown as Record<string, object>
    builder.invertedIndex[term] = Object.assign(inFields, { _index: index })
  }
  const scores = new Float64Array(docs.length)
  const results = builder.build().query((query) => {
    for (const { term, boost, fields } of terms)
      if (postings.has(term))
        query.term(term, { boost, fields: fields.map((f) => searchFields[f] ?? ''), usePipeline: false })
  })
  for (const { ref, score } of results) scores[placeOf.get(Number(ref)) ?? 0] = score
  return scores
}

/** What lunr's builder is inside; its types show less. */
interface OpenBuilder {
  ref(name: string): void
  field(name: string, attributes: { boost: number }): void
  build(): lunr.Index
  documentCount: number
  averageFieldLength: Record<string, number>
  calculateAverageFieldLengths(): void
  _documents: Record<string, object>
  fieldTermFrequencies: Record<string, Record<string, number>>
  fieldLengths: Record<string, number>
  invertedIndex: Record<string, object>
}

const k1 = 1.2
const b = 0.75

/** The same in typed arrays: BM25 as lunr has it, rounded to 1/1000 where lunr rounds, by field, over the query vector's length. */
export function typedScores({ collection, postings, terms }: Scoring, docs: Uint32Array): Float64Array {
  const places = new Int32Array(collection.end).fill(-1)
  docs.forEach((doc, i) => (places[doc] = i))
  const scores = new Float64Array(docs.length)
  const idfs = new Map([...postings].map(([term, held]) => [term, idfOf(occurrencesOf(held), collection.count)]))
  for (let f = 0; f < fieldCount; f++) {
    const weights = weightsIn(terms, postings, f)
    const magnitude = Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0))
    if (magnitude === 0) continue
    const sums = new Float64Array(docs.length)
    const boost = fieldBoosts[searchFields[f] ?? 'text']
    const average = collection.averages[f] ?? 0
    for (const [term, weight] of weights) {
      const held = postings.get(term)
      const idf = idfs.get(term) ?? 0
      const [frequencies, lengths] = [held?.frequencies[f], held?.lengths[f]]
      if (!held || !frequencies || !lengths) continue
      for (let i = 0; i < held.ordinals.length; i++) {
        const tf = frequencies[i] ?? 0
        const place = places[held.ordinals[i] ?? 0] ?? -1
        if (tf === 0 || place < 0) continue
        const score = ((idf * ((k1 + 1) * tf)) / (k1 * (1 - b + b * ((lengths[i] ?? 0) / average)) + tf)) * boost
        sums[place] = (sums[place] ?? 0) + weight * (Math.round(score * 1000) / 1000)
      }
    }
    for (let i = 0; i < sums.length; i++) scores[i] = (scores[i] ?? 0) + (sums[i] ?? 0) / magnitude
  }
  return scores
}

/** lunr's idf. */
const idfOf = (occurrences: number, count: number): number =>
  Math.log(1 + Math.abs((count - occurrences + 0.5) / (occurrences + 0.5)))

/** The query vector of one field: a term that is asked twice weighs its boosts together. */
function weightsIn(
  terms: readonly ScoredTerm[],
  postings: ReadonlyMap<string, Postings>,
  field: number,
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  for (const { term, boost, fields } of terms)
    if (fields.includes(field) && postings.has(term)) weights.set(term, (weights.get(term) ?? 0) + boost)
  return weights
}

export const allFields: readonly number[] = searchFields.map((_, f) => f)
