/** Typed fields of an invented listing: valid for the category's schema, whatever it is. */
import type { Category, Field, FieldValue } from '#domain/category.ts'
import { dayMs } from '#domain/time.ts'
import type { Chance } from '../chaos/chance.ts'
import type { Speech } from './speech.ts'

/** What free text a field holds, by its id; others hold a place. */
const slots: Readonly<Record<string, readonly string[]>> = {
  brand: ['brand'],
  model: ['model'],
  firm: ['shop'],
  benefits: ['noun', 'noun', 'pay'],
  community: ['tail', 'tailEnd'],
  leavesAt: ['time'],
  hours: ['time', 'time'],
  startsAt: ['time'],
  what: ['colour', 'noun'],
  interests: ['verb', 'noun', 'verb', 'noun'],
  subject: ['verb', 'noun'],
}
/** Numbers people give lie far below what the schema allows. */
const largest: Readonly<Record<string, number>> = {
  payMin: 6_000,
  payMax: 15_000,
  km: 200_000,
  area: 220,
  headcount: 20,
  floor: 30,
  floorsTotal: 33,
  rooms: 5,
}

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

export function fieldsOf(category: Category, speech: Speech, chance: Chance, at: number): Record<string, FieldValue> {
  const given = category.fields.filter(({ required }) => required || chance.random() < 0.7)
  return Object.fromEntries(given.map((field) => [field.id, valueOf(field, speech, chance, at)]))
}

function valueOf(field: Field, speech: Speech, chance: Chance, at: number): FieldValue {
  switch (field.type) {
    case 'text':
      return (slots[field.id] ?? ['place', 'spot']).map(speech.word).join('').slice(0, field.max)
    case 'number': {
      const most = Math.min(field.max, largest[field.id] ?? field.max)
      const value = Math.max(field.min, Math.round(field.min + (most - field.min) * chance.random() ** 2))
      return most > 1_000 ? Math.round(value / 100) * 100 : value
    }
    case 'choice':
      return speech.usual(field.options).id
    case 'flag':
      return chance.random() < 0.6
    case 'date':
      return isoDay(at + chance.below(60) * dayMs)
    case 'month':
      return isoDay(at - chance.below(3_000) * dayMs).slice(0, 7)
  }
}
