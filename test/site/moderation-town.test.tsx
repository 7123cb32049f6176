/** What a moderator reads of his own acts on the town's pages. */
import { render } from 'solid-js/web'
import { afterEach, expect, it } from 'vitest'
import type { Refusal } from '#domain/refusal.ts'
import type { TownEntryBody } from '#domain/town-entry.ts'
import { TownActs } from '../../src/moderation/TownActs.tsx'
import type { OwnAct, TownBench } from '../../src/moderation/town-bench.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

const body: TownEntryBody = {
  kind: 'phone',
  name: 'water-works',
  entry: { group: { zh: '水电' }, name: { zh: '自来水' }, note: { zh: '报修' }, number: '12345' },
}

function saidOf(refusal: Refusal): string {
  const progress: OwnAct['progress'] = { step: 'refused', refusals: [refusal] }
  const bench = { acts: () => [{ body, progress }] } as unknown as TownBench
  const root = document.body.appendChild(document.createElement('div'))
  closing.push(
    render(() => <TownActs locale="zh-Hans" bench={bench} open={undefined} />, root),
    () => root.remove(),
  )
  return root.querySelector('.err')?.textContent ?? ''
}

it.each([
  ['entry.name.zh', '“名称”'],
  ['entry.note.en', '“说明，英文（可以不写）”'],
  ['entry.number', '“电话号码”'],
])('a refused %s is called %s, as in the form', (field, called) => {
  const said = saidOf({ rule: 'entry-length', field })
  expect(said).toContain(called)
  expect(said).not.toContain('entry.')
})
