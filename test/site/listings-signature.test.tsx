/** What a reader's own browser says of a signed listing, whatever the server that showed it says. */
import { render } from 'solid-js/web'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import { renewGapMs } from '#domain/life.ts'
import type { ListingBody } from '#domain/listing.ts'
import { firstRevision, nextRevision, seal, type OpenRecord } from '#domain/record.ts'
import { hourMs } from '#domain/time.ts'
import { SignatureMark } from '../../src/listings/SignatureMark.tsx'
import { readSeen, remember, switchRemembering } from '../../src/private/seen.ts'
import { anEntry, noon } from '../fixtures/search-page.ts'
import { aNonce, aSigner } from '../fixtures/signers.ts'

const portal = 'rizhao'
const body = { category: 'goods', title: '实木书桌', priceFen: 28_000 }
const aRecord = (signer: Signer) =>
  firstRevision(signer, { portal, kind: 'listing', body, nonce: aNonce(1), now: noon })
const aRenewal = (signer: Signer, before: OpenRecord, now: number) =>
  nextRevision(signer, before, { body, now, renew: true })

let alice: Signer
let mallory: Signer
beforeAll(async () => {
  ;[alice, mallory] = [await aSigner(1), await aSigner(2)]
})
const closing: (() => void)[] = []
afterEach(() => {
  closing.splice(0).forEach((close) => close())
  localStorage.clear()
})
const { text: _, ...line } = anEntry('a')

/** @param shown what the page shows, where it is not what was signed */
async function verdictOn({ envelope, text }: OpenRecord, shown: Partial<ListingBody> = {}): Promise<string | null> {
  const { id, author } = envelope
  const page = { id, author, body: { ...envelope.body, ...shown } as ListingBody }
  const root = document.body.appendChild(document.createElement('div'))
  closing.push(
    render(() => <SignatureMark locale="zh-Hans" portal={portal} shown={page} record={text} />, root),
    () => root.remove(),
  )
  const mark = root.querySelector('[data-signature], .signature')
  await expect.poll(() => mark?.getAttribute('data-signature')).not.toBeNull()
  return mark?.getAttribute('data-signature') ?? null
}

describe('a reader’s browser', () => {
  it('takes what the author signed, changed and renewed by the rule', async () => {
    const first = await aRecord(alice)
    expect(await verdictOn(first)).toBe('genuine')
    expect(
      await verdictOn(
        await nextRevision(alice, first, { body: { ...body, priceFen: 5 }, now: noon + hourMs, renew: false }),
      ),
    ).toBe('genuine')
    expect(await verdictOn(await aRenewal(alice, first, noon + renewGapMs))).toBe('genuine')
  })

  it('does not take a date that was renewed too soon, though its author signed it and a relay let it pass', async () => {
    const first = await aRecord(alice)
    expect(await verdictOn(await aRenewal(alice, first, noon + renewGapMs - 1))).toBe('redated')
    expect(await verdictOn(await aRenewal(alice, first, noon + hourMs))).toBe('redated')
  })

  it('nor a renewal that comes too soon after the one it saw before, on any later visit', async () => {
    const first = await aRecord(alice)
    const second = await aRenewal(alice, first, noon + renewGapMs)
    const soon = await aRenewal(alice, second, noon + renewGapMs + hourMs)
    expect(await verdictOn(soon)).toBe('genuine') // from its beginning it is far enough, and more is not known here
    const visit = () => remember({ ...line, id: first.envelope.id, seenAt: noon, over: false })
    visit()
    expect(await verdictOn(second)).toBe('genuine')
    for (const later of [visit, visit]) {
      later()
      expect(await verdictOn(soon)).toBe('redated')
    }
    expect(await verdictOn(second)).toBe('genuine')
    expect(await verdictOn(await aRenewal(alice, second, noon + 2 * renewGapMs))).toBe('genuine')
    expect(await verdictOn(await seal(mallory, (await aRenewal(alice, soon, noon + 9 * renewGapMs)).envelope))).toBe(
      'forged',
    )
    expect(readSeen()[0]?.renewedAt).toBe(noon + 2 * renewGapMs)
  })

  it('and remembers no renewal of a listing it shall not remember', async () => {
    const first = await aRecord(alice)
    remember({ ...line, id: first.envelope.id, seenAt: noon, over: false })
    switchRemembering(false)
    expect(await verdictOn(first)).toBe('genuine')
    expect(readSeen()[0]).not.toHaveProperty('renewedAt')
  })

  it('nor words that nobody signed, or somebody else did', async () => {
    const first = await aRecord(alice)
    expect(await verdictOn(first, { title: '换了的标题' })).toBe('forged')
    expect(await verdictOn(await seal(mallory, first.envelope))).toBe('forged')
  })
})
