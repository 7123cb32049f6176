/** What the preview of a file says of it before anything comes in. */
import { render } from 'solid-js/web'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { BundleContent } from '#domain/bundle.ts'
import { town } from '#src/i18n/town.ts'
import { planOf } from '../../src/own/bundle-plan.ts'
import { PlanView } from '../../src/own/PlanView.tsx'
import { noon } from '../fixtures/search-page.ts'
import { aSigner } from '../fixtures/signers.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

async function previewOf(carried: Partial<BundleContent>, workspace = new Y.Doc()): Promise<HTMLElement> {
  const { did: author } = await aSigner(1)
  const empty = { keys: [], workspace: {}, guides: {}, messages: [], settings: {}, photos: [] }
  const content: BundleContent = { type: 'bundle/1', portal: town.portal.id, author, at: noon, ...empty, ...carried }
  const plan = await planOf(
    { content, photos: new Map(), missing: [] },
    { workspace, town, mine: new Map(), known: () => undefined, check: () => [], now: noon },
  )
  const root = document.body.appendChild(document.createElement('div'))
  closing.push(
    render(() => <PlanView locale="zh-Hans" plan={plan} accept={() => undefined} />, root),
    () => root.remove(),
  )
  return root
}
const countsIn = (root: HTMLElement) => [...root.querySelectorAll('.plan > ul > li')].map((row) => row.textContent)

describe('the preview of a file', () => {
  const did = (letter: string) => `did:key:z6Mk${letter.repeat(44)}`
  const workspace = {
    notes: { 'a/1': '{}', 'a/2': '{}', 'b/1': '{}' }, // of the first two devices wrote
    hiddenSellers: { [did('A')]: '5 海边的小王' },
    'messages-blocked': { [did('A')]: '5', [did('B')]: '6' },
    'messages-sent': { x: '{"state":"sent"}', y: '{"state":"kept"}' },
  }

  it('counts everything private that would come, and not what is here already', async () => {
    expect(countsIn(await previewOf({ workspace }))).toEqual([
      '2 条信息上的私人备注',
      '1 位不想看到的发布者',
      '2 个屏蔽的人',
      '1 条发出的消息',
    ])
    const here = new Y.Doc()
    here.getMap('messages-blocked').set(did('B'), '9')
    expect(countsIn(await previewOf({ workspace }, here))).toContain('1 个屏蔽的人')
  })

  it('lets the received messages be read there, as plain text', async () => {
    const root = await previewOf({
      messages: [{ from: did('C'), listing: 'x', at: noon, text: '还在吗？<img src=x onerror=alert(1)>' }],
    })
    expect(countsIn(root)).toEqual(['1 条收到的消息（留在文件里）'])
    expect(root.querySelector('[data-letters="1"] .letter')?.textContent).toContain('还在吗？<img')
    expect(root.querySelector('img')).toBeNull()
    expect(root.querySelector('[data-nothing]')).not.toBeNull() // they alone are nothing to bring in
  })
})
