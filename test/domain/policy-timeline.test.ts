import { expect, it } from 'vitest'
import { timelineOf } from '#domain/policy-timeline.ts'
import { aCase, ownVerdict, thePolicy } from '../fixtures/policies.ts'

const stepsOn = (change: Parameters<typeof aCase>[0]) =>
  timelineOf(thePolicy('shop-41'), aCase(change), ownVerdict('shop-41', change)).map(
    ({ article, time, holds, refused }) =>
      [article, time, holds && 'holds', refused && 'refused'].filter(Boolean).join(' '),
  )

it('shows what is over, what holds today, what comes', () =>
  expect(stepsOn({ age: 16, fault: true })).toEqual([
    'P-06 over',
    'P-07 over',
    'P-08 now holds',
    'P-09 later',
    'P-10 later',
  ]))

it('a bar moves the verdict to a later step', () =>
  expect(stepsOn({ age: 16, fault: true, exclusions: ['pack'] })).toEqual([
    'P-06 over refused',
    'P-07 over refused',
    'P-08 now refused',
    'P-09 later holds',
    'P-10 later',
  ]))

it('without a fault there is one step', () => expect(stepsOn({ age: 3 })).toEqual(['P-06 now holds']))

it('what is less than the best is neither refused nor the answer', () => {
  const change = { age: 100, fault: true, region: 'hong-kong', model: 'iphone-5' } as const
  const steps = timelineOf(thePolicy('phone-maker'), aCase(change), ownVerdict('phone-maker', change))
  expect(steps).toMatchObject([
    { article: 'I-5', holds: true, refused: false },
    { article: 'I-6', time: 'now', holds: false, refused: false },
  ])
})
